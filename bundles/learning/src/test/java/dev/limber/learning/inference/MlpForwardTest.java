package dev.limber.learning.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.random.SeededRandom;
import dev.limber.learning.network.Activation;
import dev.limber.learning.network.MlpSpec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MlpForwardTest {

    private static final List<List<Integer>> HIDDEN = List.of(List.of(), List.of(1), List.of(64, 64), List.of(17, 5),
            List.of(130), List.of(16, 33, 48, 7));

    private final SeededRandom random = new SeededRandom(17);

    @ParameterizedTest
    @EnumSource
    void agreesWithTheDefinitionForEveryShapeAndBatch(Activation activation) {
        for (List<Integer> hidden : HIDDEN) {
            for (int inputs : new int[] {1, 4, 19}) {
                for (int outputs : new int[] {1, 2, 40}) {
                    var spec = new MlpSpec(inputs, hidden, outputs, activation);
                    MemorySegment parameters = parameters(spec, 0);
                    var forward = new MlpForward(spec, parameters);
                    for (int rows : new int[] {0, 1, 2, 3, 4, 5, 16, 31, 32, 33, 71}) {
                        float[] in = gaussian(rows * inputs);
                        var out = new float[rows * outputs];
                        forward.forward(in, rows, out);
                        assertArrayEquals(definition(spec, parameters, in, rows), out, 1e-5f, spec + ", rows " + rows);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowHasTheSameBitsInEveryBatch(Activation activation) {
        var spec = new MlpSpec(5, List.of(64, 50), 3, activation);
        var forward = new MlpForward(spec, parameters(spec, 0));
        float[] in = gaussian(70 * 5);
        var whole = new float[70 * 3];
        forward.forward(in, 70, whole);
        for (int batch : new int[] {1, 2, 3, 4, 7, 35}) {
            for (int row = 0; row + batch <= 70; row += batch) {
                var part = new float[batch * 3];
                forward.forward(Arrays.copyOfRange(in, row * 5, (row + batch) * 5), batch, part);
                assertArrayEquals(Arrays.copyOfRange(whole, row * 3, (row + batch) * 3), part);
            }
        }
    }

    @Test
    void arraysMayBeLongerThanTheBatch() {
        var spec = new MlpSpec(3, List.of(8), 2, Activation.TANH);
        var forward = new MlpForward(spec, parameters(spec, 0));
        float[] in = gaussian(30);
        var out = new float[20];
        Arrays.fill(out, 7);
        forward.forward(in, 2, out);
        for (int i = 0; i < 4; i++) {
            assertNotEquals(7, out[i]);
        }
        for (int i = 4; i < 20; i++) {
            assertEquals(7, out[i]);
        }
    }

    @Test
    void newParametersCountFromTheNextRefreshOn() {
        var spec = new MlpSpec(4, List.of(20, 9), 2, Activation.TANH);
        MemorySegment parameters = parameters(spec, 0);
        var forward = new MlpForward(spec, parameters);
        float[] in = gaussian(3 * 4);
        var before = new float[6];
        forward.forward(in, 3, before);
        parameters.copyFrom(parameters(spec, 0));
        var after = new float[6];
        forward.forward(in, 3, after);
        assertArrayEquals(before, after);
        forward.refresh();
        forward.forward(in, 3, after);
        assertArrayEquals(definition(spec, parameters, in, 3), after, 1e-5f);
    }

    @Test
    void parametersMayBeginAnywhereInADirectBuffer() {
        var spec = new MlpSpec(4, List.of(20), 2, Activation.RELU);
        MemorySegment alone = parameters(spec, 0);
        // Three floats before, five after; not aligned to a vector.
        ByteBuffer buffer = ByteBuffer.allocateDirect((3 + spec.parameterCount() + 5) * Float.BYTES)
                .order(ByteOrder.nativeOrder());
        MemorySegment shared = MemorySegment.ofBuffer(buffer);
        shared.asSlice(12, alone.byteSize()).copyFrom(alone);
        float[] in = gaussian(4);
        var expected = new float[2];
        var actual = new float[2];
        new MlpForward(spec, alone).forward(in, 1, expected);
        new MlpForward(spec, shared.asSlice(12)).forward(in, 1, actual);
        assertArrayEquals(expected, actual);
    }

    @ParameterizedTest
    @EnumSource
    void nanComesOutOfTheRowItWentInto(Activation activation) {
        var spec = new MlpSpec(2, List.of(8, 8), 1, activation);
        // Positive weights, so that no rectifier cuts the NaN off.
        var forward = new MlpForward(spec, parameters(spec, 1));
        var out = new float[6];
        forward.forward(new float[] {1, 2, 3, 4, 5, Float.NaN, 7, 8, 9, 10, 11, 12}, 6, out);
        for (int row = 0; row < 6; row++) {
            if (row == 2) {
                assertTrue(Float.isNaN(out[row]));
            } else {
                assertFalse(Float.isNaN(out[row]));
            }
        }
    }

    @Test
    void tooFewParametersAreRefused() {
        var spec = new MlpSpec(4, List.of(64, 64), 2, Activation.TANH);
        var parameters = MemorySegment.ofArray(new float[spec.parameterCount() - 1]);
        assertEquals("network 4 -> 64 -> 64 -> 2, tanh has 18440 bytes of parameters, not 18436",
                assertThrows(IllegalArgumentException.class, () -> new MlpForward(spec, parameters)).getMessage());
    }

    /// Parameters scaled so that sums have about unit size, plus `shift`.
    private MemorySegment parameters(MlpSpec spec, float shift) {
        var values = new float[spec.parameterCount()];
        for (int layer = 0; layer < spec.layers(); layer++) {
            double scale = 1 / Math.sqrt(spec.layerInputs(layer));
            for (int i = spec.weightOffset(layer); i < spec.weightOffset(layer + 1); i++) {
                values[i] = (float) (scale * Math.clamp(random.nextGaussian(), -0.9, 0.9)) + shift;
            }
        }
        return MemorySegment.ofArray(values);
    }

    private float[] gaussian(int length) {
        var values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] definition(MlpSpec spec, MemorySegment parameters, float[] in, int rows) {
        var out = new float[rows * spec.outputs()];
        for (int row = 0; row < rows; row++) {
            var x = new double[spec.inputs()];
            for (int i = 0; i < x.length; i++) {
                x[i] = in[row * x.length + i];
            }
            for (int layer = 0; layer < spec.layers(); layer++) {
                var y = new double[spec.layerOutputs(layer)];
                for (int o = 0; o < y.length; o++) {
                    y[o] = parameter(parameters, spec.biasOffset(layer) + o);
                    for (int i = 0; i < x.length; i++) {
                        y[o] += parameter(parameters, spec.weightOffset(layer) + o * x.length + i) * x[i];
                    }
                    if (layer < spec.layers() - 1) {
                        y[o] = switch (spec.activation()) {
                            case TANH -> Math.tanh(y[o]);
                            case RELU -> Math.max(0, y[o]);
                            case IDENTITY -> y[o];
                        };
                    }
                }
                x = y;
            }
            for (int o = 0; o < x.length; o++) {
                out[row * x.length + o] = (float) x[o];
            }
        }
        return out;
    }

    private static double parameter(MemorySegment parameters, int index) {
        return parameters.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }
}
