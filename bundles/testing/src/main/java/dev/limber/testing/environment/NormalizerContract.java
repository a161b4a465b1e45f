package dev.limber.testing.environment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.NormalizerFactory;
import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What every normaliser of observations must keep to. Extend it and give the factory.
public abstract class NormalizerContract {

    private static final int ROWS = 16;
    private static final Box SPACE = Box.unbounded("position [m]", "velocity [m/s]", "constant [1]");

    /// The normaliser under test.
    protected abstract NormalizerFactory factory();

    /// The options it is tested with.
    protected Options options() {
        return Options.defaults();
    }

    @Test
    void sameObservationsGiveTheSameResult() {
        assertArrayEquals(applied(learned(1)), applied(learned(1)));
    }

    @Test
    void resultsAreFinite() {
        assertFinite(applied(factory().create(SPACE, options())), "before anything was learned");
        assertFinite(applied(learned(1)), "after learning");
    }

    @Test
    void applyLeavesItsInput() {
        Normalizer normalizer = learned(1);
        float[] input = observations(2);
        float[] before = input.clone();
        normalizer.apply(input, ROWS, new float[input.length]);
        assertArrayEquals(before, input);
    }

    @Test
    void applyWorksInPlace() {
        Normalizer normalizer = learned(1);
        float[] inPlace = observations(2);
        normalizer.apply(inPlace, ROWS, inPlace);
        assertArrayEquals(applied(normalizer), inPlace);
    }

    @Test
    void applyLearnsNothing() {
        Normalizer normalizer = learned(1);
        float[] first = applied(normalizer);
        normalizer.apply(observations(3), ROWS, new float[ROWS * SPACE.size()]);
        assertArrayEquals(first, applied(normalizer));
    }

    @Test
    void learnLeavesItsInput() {
        float[] input = observations(2);
        float[] before = input.clone();
        learned(1).learn(input, ROWS);
        assertArrayEquals(before, input);
    }

    @Test
    void savedStatisticsGoOnInAnotherInstance() {
        Normalizer normalizer = learned(1);
        State state = normalizer.save();
        Normalizer other = factory().create(SPACE, options());
        other.restore(state);
        assertArrayEquals(applied(normalizer), applied(other));
        normalizer.learn(observations(4), ROWS);
        other.learn(observations(4), ROWS);
        assertArrayEquals(applied(normalizer), applied(other));
    }

    @Test
    void savedStatisticsAreTheCallers() {
        Normalizer normalizer = learned(1);
        float[] then = applied(normalizer);
        State state = normalizer.save();
        normalizer.learn(observations(4), ROWS);
        Normalizer other = factory().create(SPACE, options());
        other.restore(state);
        assertArrayEquals(then, applied(other));
    }

    @Test
    void nanIsRefusedAndNotLearned() {
        Normalizer normalizer = learned(1);
        float[] before = applied(normalizer);
        float[] broken = observations(5);
        broken[broken.length - 1] = Float.NaN;
        var refusal = assertThrows(IllegalArgumentException.class, () -> normalizer.learn(broken, ROWS));
        assertTrue(refusal.getMessage().contains("NaN"), refusal.getMessage());
        assertArrayEquals(before, applied(normalizer));
    }

    @Test
    void stateThatDoesNotFitIsRefusedAndChangesNothing() {
        Normalizer normalizer = learned(1);
        float[] before = applied(normalizer);
        State smaller = factory().create(Box.unbounded("position [m]"), options()).save();
        assertThrows(IncompatibleStateException.class, () -> normalizer.restore(smaller));
        assertThrows(IncompatibleStateException.class, () -> normalizer.restore(new State("someone.else", 1)));
        assertArrayEquals(before, applied(normalizer));
    }

    private Normalizer learned(long seed) {
        Normalizer normalizer = factory().create(SPACE, options());
        for (int batch = 0; batch < 10; batch++) {
            normalizer.learn(observations(SeededRandom.childSeed(seed, batch)), ROWS);
        }
        return normalizer;
    }

    private static float[] applied(Normalizer normalizer) {
        float[] target = new float[ROWS * SPACE.size()];
        Arrays.fill(target, Float.NaN);
        normalizer.apply(observations(2), ROWS, target);
        return target;
    }

    /// A wide number far from 0, a narrow one, and one that never changes.
    private static float[] observations(long seed) {
        SeededRandom random = new SeededRandom(seed);
        float[] values = new float[ROWS * SPACE.size()];
        for (int i = 0; i < ROWS; i++) {
            values[i * 3] = (float) random.nextGaussian(500, 20);
            values[i * 3 + 1] = (float) random.nextGaussian(0, 0.01);
            values[i * 3 + 2] = 7;
        }
        return values;
    }

    private static void assertFinite(float[] values, String when) {
        for (float value : values) {
            assertFalse(Float.isNaN(value) || Float.isInfinite(value), value + " " + when);
        }
    }
}
