package dev.limber.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDScope;
import dev.limber.api.random.SeededRandom;
import dev.limber.learning.inference.MlpForward;
import dev.limber.learning.network.Activation;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.network.OrthogonalInitialization;
import dev.limber.learning.network.Parameters;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ForwardAgreementTest {

    @Test
    void plainJavaAndDjlComputeTheSameNetworks() {
        var random = new SeededRandom(11);
        try (var context = TensorContext.open(ai.djl.Device.cpu())) {
            for (int net = 0; net < 60; net++) {
                var hidden = new ArrayList<Integer>();
                for (int layers = random.nextInt(4); layers > 0; layers--) {
                    hidden.add(1 + random.nextInt(80));
                }
                var spec = new MlpSpec(1 + random.nextInt(20), hidden, 1 + random.nextInt(9),
                        Activation.values()[net % 3]);
                int rows = 1 + random.nextInt(40);
                var parameters = new Parameters(spec.parameterCount());
                OrthogonalInitialization.fill(spec, parameters.memory(), 1, 1, random);
                for (int layer = 0; layer < spec.layers(); layer++) {
                    for (int i = 0; i < spec.layerOutputs(layer); i++) {
                        parameters.memory().setAtIndex(ValueLayout.JAVA_FLOAT, spec.biasOffset(layer) + i,
                                0.1f * (float) random.nextGaussian());
                    }
                }
                var input = new float[rows * spec.inputs()];
                for (int i = 0; i < input.length; i++) {
                    input[i] = (float) random.nextGaussian();
                }
                var plain = new float[rows * spec.outputs()];
                new MlpForward(spec, parameters.memory()).forward(input, rows, plain);

                var tensor = new HostTensor(context, rows, spec.inputs());
                tensor.put(0, input);
                var mlp = Mlp.learning(spec, new ParameterTensors(context, parameters), 0);
                try (var scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    assertArrayEquals(mlp.forward(tensor.array()).toFloatArray(), plain, 1e-5f, spec.toString());
                }
            }
        }
    }
}
