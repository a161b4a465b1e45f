package dev.limber.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDScope;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Image;
import dev.limber.learning.inference.ConvolutionForward;
import dev.limber.learning.network.ConvolutionSpec;
import dev.limber.learning.network.OrthogonalInitialization;
import dev.limber.learning.network.Parameters;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionsTest {

    private static final int ROWS = 3;

    private static Parameters parameters(ConvolutionSpec spec, SeededRandom random) {
        var parameters = new Parameters(spec.parameterCount());
        for (int i = 0; i < spec.scaleOffset(); i++) {
            parameters.memory().setAtIndex(ValueLayout.JAVA_FLOAT, i, 255 * random.nextFloat());
        }
        parameters.memory().setAtIndex(ValueLayout.JAVA_FLOAT, spec.scaleOffset(), 0.01f);
        for (int l = 0; l < spec.layers().size(); l++) {
            OrthogonalInitialization.fill(spec.layer(l),
                    parameters.memory(spec.offset(l), spec.layer(l).parameterCount()), 1.4, 1.4, random);
            for (int i = 0; i < spec.layer(l).outputs(); i++) {
                parameters.memory().setAtIndex(ValueLayout.JAVA_FLOAT, spec.offset(l) + spec.layer(l).biasOffset(0) + i,
                        0.1f * (float) random.nextGaussian());
            }
        }
        return parameters;
    }

    private static byte[] pixels(Image image, SeededRandom random) {
        var pixels = new byte[ROWS * image.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return pixels;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"64|64|4|16:8/4,32:4/2", "84|84|1|16:8/4,32:4/2,32:3/1", "11|17|3|5:3/2",
        "20|12|6|7:5/3,3:2/1"})
    void plainJavaAndDjlComputeTheSameFeatures(int height, int width, int channels, String layers) {
        var spec = new ConvolutionSpec(new Image(height, width, channels), ConvolutionSpec.layers(layers));
        var random = new SeededRandom(3);
        Parameters parameters = parameters(spec, random);
        byte[] pixels = pixels(spec.image(), random);
        int stride = spec.features() + 2;
        var plain = new float[ROWS * stride];
        new ConvolutionForward(spec, parameters.memory()).forward(pixels, ROWS, plain, stride);
        try (var context = TensorContext.open(ai.djl.Device.cpu());
                var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            var tensor = new HostBytes(context, ROWS, height, width, channels);
            tensor.put(0, pixels);
            var convolutions = new Convolutions(spec, new ParameterTensors(context, parameters), 0);
            float[] features = convolutions.forward(tensor.array()).toFloatArray();
            assertEquals(ROWS * spec.features(), features.length);
            for (int row = 0; row < ROWS; row++) {
                assertArrayEquals(Arrays.copyOfRange(features, row * spec.features(), (row + 1) * spec.features()),
                        Arrays.copyOfRange(plain, row * stride, row * stride + spec.features()), 1e-5f);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gradientIsThatOfFiniteDifferences(boolean shared) {
        var spec = new ConvolutionSpec(new Image(9, 8, 2), ConvolutionSpec.layers("3:3/2,2:2/1"));
        var random = new SeededRandom(4);
        Parameters parameters = parameters(spec, random);
        try (var context = TensorContext.open(ai.djl.Device.cpu(), shared)) {
            var tensors = new ParameterTensors(context, parameters);
            var convolutions = new Convolutions(spec, tensors, 0);
            var tensor = new HostBytes(context, ROWS, 9, 8, 2);
            tensor.put(0, pixels(spec.image(), random));
            var memory = parameters.memory();
            for (int pass = 0; pass < 2; pass++) { // the first must leave nothing behind
                tensors.refresh();
                try (var scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    tensors.backward(convolutions.forward(tensor.array()).square().mean());
                }
            }
            float h = 1e-2f;
            double largest = 0;
            for (int i = 0; i < spec.offset(0); i++) {
                assertEquals(0, parameters.gradient()[i], "mean and scale do not learn");
            }
            for (int i = spec.offset(0); i < parameters.count(); i++) {
                float old = memory.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, old + h);
                double above = value(tensors, convolutions, tensor);
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, old - h);
                double below = value(tensors, convolutions, tensor);
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, old);
                double difference = (above - below) / (2 * h);
                largest = Math.max(largest, Math.abs(difference));
                assertEquals(difference, parameters.gradient()[i], 2e-3, "parameter " + i);
            }
            assertTrue(largest > 0.1, "the largest derivative is only " + largest);
        }
    }

    private static double value(ParameterTensors tensors, Convolutions convolutions, HostBytes pixels) {
        tensors.refresh();
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return convolutions.forward(pixels.array()).square().mean().getFloat();
        }
    }
}
