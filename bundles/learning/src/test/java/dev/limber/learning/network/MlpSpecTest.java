package dev.limber.learning.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.plugin.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlpSpecTest {

    @Test
    void layersFollowEachOtherWithoutGaps() {
        var spec = new MlpSpec(4, List.of(8, 6), 2, Activation.RELU);
        assertEquals(3, spec.layers());
        int end = 0;
        for (int layer = 0; layer < spec.layers(); layer++) {
            assertEquals(end, spec.weightOffset(layer));
            assertEquals(end + spec.layerInputs(layer) * spec.layerOutputs(layer), spec.biasOffset(layer));
            end = spec.biasOffset(layer) + spec.layerOutputs(layer);
        }
        assertEquals(end, spec.parameterCount());
        assertEquals(5 * 8 + 9 * 6 + 7 * 2, spec.parameterCount());
    }

    @Test
    void everyParameterBelongsToATensorWithAName() {
        var spec = new MlpSpec(2, List.of(3), 1, Activation.RELU);
        assertEquals("layer 1 weight", spec.tensorAt(0));
        assertEquals("layer 1 weight", spec.tensorAt(5));
        assertEquals("layer 1 bias", spec.tensorAt(6));
        assertEquals("layer 2 weight", spec.tensorAt(9));
        assertEquals("layer 2 bias", spec.tensorAt(12));
    }

    @Test
    void widthsAreReadAsUsersWriteThem() {
        assertEquals(List.of(64, 32), MlpSpec.widths("64, 32"));
        assertEquals(List.of(), MlpSpec.widths(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64,", "0", "-3", "64x64", "1e3", "99999999"})
    void wrongWidthsAreNamed(String text) {
        var thrown = assertThrows(UsageException.class, () -> MlpSpec.widths(text));
        assertEquals("hidden layers are widths such as 64,64, not '" + text + "'", thrown.getMessage());
    }

    @Test
    void unknownActivationIsNamedWithTheKnownOnes() {
        var thrown = assertThrows(UsageException.class, () -> Activation.named("swish"));
        assertEquals("there is no activation 'swish', there are [tanh, relu, identity]", thrown.getMessage());
    }
}
