package dev.limber.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.limber.api.random.SeededRandom;
import dev.limber.learning.distribution.Categorical;
import dev.limber.learning.distribution.DiagonalGaussian;
import org.junit.jupiter.api.Test;

/// What is differentiated must be what was acted on.
class DistributionAgreementTest {

    private static final int ROWS = 50;
    private static final int SIZE = 4;

    @Test
    void categoricalTensorsAgreeWithPlainJava() {
        var random = new SeededRandom(3);
        float[] logits = gaussian(random, ROWS * SIZE, 3);
        var choices = new float[ROWS];
        var distribution = new Categorical(SIZE);
        distribution.sample(logits, ROWS, random, choices);
        var logProbability = new float[ROWS];
        var entropy = new float[ROWS];
        distribution.logProbability(logits, ROWS, choices, logProbability);
        distribution.entropy(logits, ROWS, entropy);
        try (var context = TensorContext.open(ai.djl.Device.cpu());
                var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            var tensors = CategoricalTensors.ofLogits(tensor(context, logits, SIZE));
            assertArrayEquals(logProbability,
                    tensors.logProbability(tensor(context, choices, 1)).toFloatArray(), 1e-5f);
            assertEquals(mean(entropy), tensors.entropy().getFloat(), 1e-5);
        }
    }

    @Test
    void gaussianTensorsAgreeWithPlainJava() {
        var random = new SeededRandom(3);
        float[] mean = gaussian(random, ROWS * SIZE, 2);
        float[] logStd = gaussian(random, SIZE, 0.5);
        var actions = new float[ROWS * SIZE];
        var distribution = new DiagonalGaussian(SIZE);
        distribution.sample(mean, logStd, ROWS, random, actions);
        var logProbability = new float[ROWS];
        var entropy = new float[ROWS];
        distribution.logProbability(mean, logStd, ROWS, actions, logProbability);
        distribution.entropy(logStd, ROWS, entropy);
        try (var context = TensorContext.open(ai.djl.Device.cpu());
                var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            var tensors = new GaussianTensors(tensor(context, mean, SIZE), context.manager().create(logStd));
            assertArrayEquals(logProbability,
                    tensors.logProbability(tensor(context, actions, SIZE)).toFloatArray(), 1e-4f);
            assertEquals(mean(entropy), tensors.entropy().getFloat(), 1e-5);
        }
    }

    private static NDArray tensor(TensorContext context, float[] values, int width) {
        var tensor = new HostTensor(context, values.length / width, width);
        tensor.put(0, values);
        return tensor.array();
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static float[] gaussian(SeededRandom random, int count, double scale) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }
}
