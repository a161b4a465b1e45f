package dev.limber.learning.normalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Normalizer;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningNormalizerTest {

    private static final Box OBSERVATION = Box.unbounded("cart position [m]", "pole angle [rad]", "mass [kg]");
    private static final int ROWS = 500;

    private final RunningNormalizerFactory factory = new RunningNormalizerFactory();
    private final Normalizer normalizer = factory.create(OBSERVATION, Options.defaults());

    @Test
    void whatWasLearnedFromComesOutWithMeanZeroAndVarianceOne() {
        float[] observations = observations(1);
        normalizer.learn(observations, ROWS);
        var target = new float[observations.length];
        normalizer.apply(observations, ROWS, target);
        for (int i = 0; i < 2; i++) {
            double mean = 0;
            double square = 0;
            for (int row = 0; row < ROWS; row++) {
                mean += target[row * 3 + i] / (double) ROWS;
                square += target[row * 3 + i] * (double) target[row * 3 + i] / ROWS;
            }
            assertEquals(0, mean, 1e-6);
            assertEquals(1, square, 1e-4);
        }
    }

    @Test
    void componentThatNeverChangesComesOutAsZero() {
        float[] observations = observations(1);
        normalizer.learn(observations, ROWS);
        normalizer.apply(observations, ROWS, observations);
        for (int row = 0; row < ROWS; row++) {
            assertEquals(0, observations[row * 3 + 2]);
        }
    }

    @Test
    void nothingLeavesTheClip() {
        var narrow = factory.create(OBSERVATION, Options.defaults().with("clip", 2.5));
        float[] observations = observations(1);
        narrow.learn(observations, ROWS);
        normalizer.learn(observations, ROWS);
        float[] far = {1e6f, -1e6f, 10};
        var target = new float[3];
        narrow.apply(far, 1, target);
        assertArrayEquals(new float[] {2.5f, -2.5f, 2.5f}, target);
        normalizer.apply(far, 1, target);
        assertArrayEquals(new float[] {10, -10, 10}, target);
    }

    @Test
    void epsilonKeepsSmallVariationSmall() {
        var coarse = factory.create(OBSERVATION, Options.defaults().with("epsilon", 1.0));
        coarse.learn(new float[] {0.001f, 0, 0, -0.001f, 0, 0}, 2);
        var target = new float[3];
        coarse.apply(new float[] {0.5f, 0, 0}, 1, target);
        assertEquals(0.5f, target[0], 1e-5);
    }

    @Test
    void observationsPassBeforeAnythingIsLearned() {
        float[] observations = {0.5f, -3, 7};
        var target = new float[3];
        normalizer.apply(observations, 1, target);
        assertArrayEquals(observations, target);
    }

    @Test
    void targetMayBeTheSameArrayAndTheSourceIsLeftAlone() {
        float[] observations = observations(1);
        normalizer.learn(observations, ROWS);
        assertArrayEquals(observations(1), observations);
        var target = new float[observations.length];
        normalizer.apply(observations, ROWS, target);
        assertArrayEquals(observations(1), observations);
        normalizer.apply(observations, ROWS, observations);
        assertArrayEquals(target, observations);
    }

    @Test
    void restoredNormalizerGoesOnBitForBit() {
        normalizer.learn(observations(1), ROWS);
        var restored = factory.create(OBSERVATION, Options.defaults());
        restored.restore(normalizer.save());
        assertArrayEquals(applied(normalizer), applied(restored));
        normalizer.learn(observations(2), ROWS);
        restored.learn(observations(2), ROWS);
        assertArrayEquals(applied(normalizer), applied(restored));
    }

    @Test
    void savedStateDoesNotFollowLaterLearning() {
        normalizer.learn(observations(1), ROWS);
        float[] before = applied(normalizer);
        State state = normalizer.save();
        normalizer.learn(observations(2), 10);
        normalizer.restore(state);
        assertArrayEquals(before, applied(normalizer));
    }

    @Test
    void stateThatDoesNotFitIsRefusedAndChangesNothing() {
        normalizer.learn(observations(1), ROWS);
        float[] before = applied(normalizer);
        State narrower = factory.create(Box.unbounded("x [m]"), Options.defaults()).save();
        assertThrows(IncompatibleStateException.class, () -> normalizer.restore(narrower));
        assertThrows(IncompatibleStateException.class, () -> normalizer.restore(new State("other", 1)));
        assertArrayEquals(before, applied(normalizer));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void numberThatIsNotFiniteIsRefusedByNameAndChangesNothing(float wrong) {
        normalizer.learn(observations(1), ROWS);
        float[] before = applied(normalizer);
        float[] observations = {1, 2, 3, 4, wrong, 6};
        String message = "observation of copy 1 is " + wrong
                + " in 'pole angle [rad]', only finite numbers can be normalised";
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> normalizer.learn(observations, 2)).getMessage());
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> normalizer.apply(observations, 2, observations)).getMessage());
        assertEquals(1, observations[0]);
        assertArrayEquals(before, applied(normalizer));
    }

    @Test
    void choicesAreRefusedInOneLine() {
        var refusal = assertThrows(UsageException.class,
                () -> factory.create(Discrete.of("left", "right"), Options.defaults()));
        assertTrue(refusal.getMessage().contains("'running'"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("Discrete(2)"), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count());
    }

    private static float[] applied(Normalizer normalizer) {
        float[] target = observations(3);
        normalizer.apply(target, ROWS, target);
        return target;
    }

    private static float[] observations(long seed) {
        var random = new SeededRandom(seed);
        var observations = new float[ROWS * 3];
        for (int row = 0; row < ROWS; row++) {
            observations[row * 3] = (float) (100 + 5 * random.nextGaussian());
            observations[row * 3 + 1] = (float) (0.01 * random.nextGaussian());
            observations[row * 3 + 2] = 0.3f;
        }
        return observations;
    }
}
