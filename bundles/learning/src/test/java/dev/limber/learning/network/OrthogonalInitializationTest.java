package dev.limber.learning.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.limber.api.random.SeededRandom;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrthogonalInitializationTest {

    private static final MlpSpec SPEC = new MlpSpec(5, List.of(16, 16), 3, Activation.TANH);

    @Test
    void rowsOrColumnsAreOrthogonalAndAsLongAsTheGain() {
        var parameters = filled(7);
        for (int layer = 0; layer < SPEC.layers(); layer++) {
            double gain = layer == 2 ? 0.5 : 2;
            int rows = SPEC.layerOutputs(layer);
            int columns = SPEC.layerInputs(layer);
            boolean byRow = rows <= columns;
            int vectors = Math.min(rows, columns);
            for (int a = 0; a < vectors; a++) {
                for (int b = 0; b <= a; b++) {
                    double dot = 0;
                    for (int k = 0; k < Math.max(rows, columns); k++) {
                        dot += (byRow ? weight(parameters, layer, a, k) : weight(parameters, layer, k, a))
                                * (byRow ? weight(parameters, layer, b, k) : weight(parameters, layer, k, b));
                    }
                    assertEquals(a == b ? gain * gain : 0, dot, 1e-6, "layer " + layer + ", vectors " + a + ", " + b);
                }
            }
        }
    }

    @Test
    void biasesBeginAtZero() {
        var parameters = filled(7);
        for (int layer = 0; layer < SPEC.layers(); layer++) {
            for (int i = 0; i < SPEC.layerOutputs(layer); i++) {
                assertEquals(0, parameters.memory().getAtIndex(ValueLayout.JAVA_FLOAT, SPEC.biasOffset(layer) + i));
            }
        }
    }

    @Test
    void sameSeedGivesTheSameParameters() {
        assertEquals(filled(7).save(), filled(7).save());
        assertNotEquals(filled(7).save(), filled(8).save());
    }

    private static Parameters filled(long seed) {
        var parameters = new Parameters(SPEC.parameterCount());
        parameters.memory().fill((byte) 1);
        OrthogonalInitialization.fill(SPEC, parameters.memory(), 2, 0.5, new SeededRandom(seed));
        return parameters;
    }

    private static double weight(Parameters parameters, int layer, int row, int column) {
        return parameters.memory().getAtIndex(ValueLayout.JAVA_FLOAT,
                SPEC.weightOffset(layer) + row * SPEC.layerInputs(layer) + column);
    }
}
