package dev.limber.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.limber.api.random.SeededRandom;
import dev.limber.learning.network.Activation;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.network.OrthogonalInitialization;
import dev.limber.learning.network.Parameters;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Gradients of whole losses, with tensors that share the host's memory and with copies of it as on a GPU.
class GradientTest {

    private static final int ROWS = 6;
    private static final int INPUTS = 4;
    private static final int OUTPUTS = 3;

    /// A policy-gradient loss and all it depends on.
    private static final class Learner implements AutoCloseable {

        final MlpSpec spec = new MlpSpec(INPUTS, List.of(8, 5), OUTPUTS, Activation.TANH);
        final Parameters parameters = new Parameters(spec.parameterCount() + OUTPUTS);
        final TensorContext context;
        final ParameterTensors tensors;
        final Mlp mlp;
        final Mlp frozen;
        final NDArray logStd;
        final HostTensor input;
        final HostTensor choices;
        final HostTensor vectors;
        final HostTensor weights;

        Learner(boolean shared) {
            var random = new SeededRandom(5);
            OrthogonalInitialization.fill(spec, parameters.memory(), 1.4, 1, random);
            context = TensorContext.open(ai.djl.Device.cpu(), shared);
            tensors = new ParameterTensors(context, parameters);
            mlp = Mlp.learning(spec, tensors, 0);
            frozen = Mlp.frozen(spec, tensors, 0);
            logStd = tensors.leaf(spec.parameterCount(), OUTPUTS);
            input = new HostTensor(context, ROWS, INPUTS);
            choices = new HostTensor(context, ROWS, 1);
            vectors = new HostTensor(context, ROWS, OUTPUTS);
            weights = new HostTensor(context, ROWS, 1);
            input.put(0, gaussian(random, ROWS * INPUTS));
            vectors.put(0, gaussian(random, ROWS * OUTPUTS));
            weights.put(0, gaussian(random, ROWS));
            choices.put(0, new float[] {0, 1, 2, 2, 1, 0});
        }

        NDArray categoricalLoss() {
            var distribution = CategoricalTensors.ofLogits(mlp.forward(input.array()));
            return distribution.logProbability(choices.array()).mul(weights.array()).mean()
                    .sub(distribution.entropy().mul(0.3f));
        }

        NDArray gaussianLoss() {
            var distribution = new GaussianTensors(mlp.forward(input.array()), logStd);
            return distribution.logProbability(vectors.array()).mul(weights.array()).mean()
                    .sub(distribution.entropy().mul(0.3f));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void categoricalGradientIsThatOfFiniteDifferences(boolean shared) {
        try (var learner = new Learner(shared)) {
            assertGradient(learner, learner::categoricalLoss);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gaussianGradientIsThatOfFiniteDifferences(boolean shared) {
        try (var learner = new Learner(shared)) {
            assertGradient(learner, learner::gaussianLoss);
        }
    }

    private static void assertGradient(Learner learner, Supplier<NDArray> loss) {
        // Twice, because the first pass must leave nothing behind.
        backward(learner, loss);
        backward(learner, loss);
        var memory = learner.parameters.memory();
        float h = 1e-2f;
        double largest = 0;
        for (int i = 0; i < learner.parameters.count(); i++) {
            float old = memory.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, old + h);
            double above = value(learner, loss);
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, old - h);
            double below = value(learner, loss);
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, old);
            double difference = (above - below) / (2 * h);
            largest = Math.max(largest, Math.abs(difference));
            assertEquals(difference, learner.parameters.gradient()[i], 1e-3, "parameter " + i);
        }
        assertTrue(largest > 0.1, "the largest derivative is only " + largest);
    }

    private static void backward(Learner learner, Supplier<NDArray> loss) {
        learner.tensors.refresh();
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            learner.tensors.backward(loss.get());
        }
    }

    private static double value(Learner learner, Supplier<NDArray> loss) {
        learner.tensors.refresh();
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return loss.get().getFloat();
        }
    }

    @Test
    void mirroredTensorsGiveTheSameBitsAsSharedOnes() {
        try (var shared = new Learner(true);
                var mirrored = new Learner(false)) {
            backward(shared, shared::gaussianLoss);
            backward(mirrored, mirrored::gaussianLoss);
            assertArrayEquals(shared.parameters.gradient(), mirrored.parameters.gradient());
        }
    }

    @Test
    void gradientsFlowThroughFrozenNetworksButNotIntoThem() {
        try (var learner = new Learner(true)) {
            backward(learner, () -> {
                var inner = learner.mlp.forward(learner.input.array());
                return learner.frozen.forward(inner.concat(inner, 1).get(":, :4")).mean();
            });
            float[] through = learner.parameters.gradient().clone();
            assertTrue(through[0] != 0);
            backward(learner, () -> learner.frozen.forward(learner.input.array()).mean()
                    .add(learner.logStd.sum()));
            for (int i = 0; i < learner.spec.parameterCount(); i++) {
                assertEquals(0, learner.parameters.gradient()[i]);
            }
            assertEquals(1, learner.parameters.gradient()[learner.spec.parameterCount()]);
        }
    }

    private static float[] gaussian(SeededRandom random, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
