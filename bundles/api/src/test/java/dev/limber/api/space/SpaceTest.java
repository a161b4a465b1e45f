package dev.limber.api.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceTest {

    private static final Box BOX = new Box(new float[] {-1, Float.NEGATIVE_INFINITY}, new float[] {2, 0},
            List.of("angle [rad]", "force [N]"));
    private static final Discrete CHOICE = Discrete.of("left", "stay", "right");

    @Test
    void elementsHaveTheSizeOfTheirRow() {
        assertEquals(2, BOX.size());
        assertEquals(1, CHOICE.size());
        assertEquals(3, CHOICE.n());
        assertEquals(24, new Image(2, 4, 3).size());
    }

    @Test
    void boxRefusesNanByNameAndCopy() {
        assertSays(() -> BOX.check(new float[] {0, 0, 0, Float.NaN}, 2, "action"), "action", "copy 1", "force [N]");
    }

    @Test
    void boxLeavesClippingToTheEnvironment() {
        assertDoesNotThrow(() -> BOX.check(new float[] {99, Float.POSITIVE_INFINITY}, 1, "action"));
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 3, 0.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.1f, 1e20f})
    void discreteRefusesWhatIsNoChoice(float value) {
        assertSays(() -> CHOICE.check(new float[] {1, value}, 2, "action"), "action", "copy 1",
                Float.toString(value), "0 to 2");
    }

    @Test
    void discreteTakesEveryChoice() {
        assertDoesNotThrow(() -> CHOICE.check(new float[] {0, 1, 2}, 3, "action"));
    }

    @Test
    void wrongLengthsAreRefused() {
        assertSays(() -> BOX.check(new float[3], 2, "action"), "action", "3 numbers", "2 x 2");
        assertSays(() -> CHOICE.check(new float[3], 2, "action"), "action", "3 numbers", "2 x 1", "Discrete(3)");
    }

    @Test
    void emptySpacesAreRefused() {
        assertSays(() -> new Box(new float[] {1}, new float[] {0}, List.of("angle [rad]")), "angle [rad]", "1.0");
        assertSays(() -> new Box(new float[] {Float.NaN}, new float[] {0}, List.of("angle [rad]")), "NaN");
        assertSays(() -> new Box(new float[2], new float[2], List.of("angle [rad]")), "one length");
        assertSays(Discrete::of, "at least one choice");
        assertSays(() -> new Image(0, 4, 3), "0 x 4 x 3");
        assertSays(() -> new Image(4, 4, 4, 3), "4 channels", "3 frames");
    }

    private static void assertSays(Executable call, String... words) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message + " does not say " + word);
        }
    }

    @Test
    void boundsAreTheBoxesOwn() {
        float[] low = {-1};
        Box box = new Box(low, new float[] {1}, List.of("angle [rad]"));
        low[0] = 9;
        box.low()[0] = 8;
        box.high()[0] = 7;
        assertArrayEquals(new float[] {-1}, box.low());
        assertArrayEquals(new float[] {1}, box.high());
    }

    @Test
    void boundedMeansEveryBoundIsFinite() {
        assertFalse(BOX.bounded());
        assertFalse(Box.unbounded("angle [rad]").bounded());
        assertTrue(Box.symmetric(new float[] {2}, "force [N]").bounded());
        assertArrayEquals(new float[] {-2}, Box.symmetric(new float[] {2}, "force [N]").low());
    }

    @Test
    void boxesOfEqualBoundsAndNamesAreEqual() {
        Box box = Box.symmetric(new float[] {2}, "force [N]");
        assertEquals(box, Box.symmetric(new float[] {2}, "force [N]"));
        assertEquals(box.hashCode(), Box.symmetric(new float[] {2}, "force [N]").hashCode());
        assertNotEquals(box, Box.symmetric(new float[] {3}, "force [N]"));
        assertNotEquals(box, Box.symmetric(new float[] {2}, "torque [N m]"));
    }
}
