package dev.limber.algorithms.ddpg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {

    private static final int STEPS = 200_000;

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.15, 0.05})
    void normalNumbersHaveUnitVarianceAndForgetAsTheOrnsteinUhlenbeckProcessDoes(double theta) {
        var noise = new Noise(2, 3, theta, new SeededRandom(1));
        var values = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            values[step] = noise.normal()[4];
        }
        assertMoments(values, theta, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.15, 0.05})
    void uniformNumbersFillTheRangeAndForgetAsFast(double theta) {
        var noise = new Noise(2, 3, theta, new SeededRandom(2));
        var values = new double[STEPS];
        var drawn = new float[6];
        for (int step = 0; step < STEPS; step++) {
            noise.uniform(drawn);
            values[step] = drawn[4];
            assertTrue(Math.abs(drawn[4]) <= 1);
        }
        assertMoments(values, theta, 1.0 / 3);
    }

    /// What is left of an autocorrelation after k steps is `(1 - theta)^k`. Correlated samples say less: with a
    /// correlation time of 1 / theta their means err by some sqrt(2 / (theta STEPS)).
    private static void assertMoments(double[] values, double theta, double variance) {
        double tolerance = 5 * Math.sqrt(2 / (theta * STEPS));
        assertEquals(0, covariance(values, 0, true), tolerance);
        assertEquals(variance, covariance(values, 0, false), tolerance * variance * 1.5);
        for (int lag : new int[] {1, 5, 20}) {
            assertEquals(variance * Math.pow(1 - theta, lag), covariance(values, lag, false),
                    tolerance * variance * 1.5, "lag " + lag);
        }
    }

    private static double covariance(double[] values, int lag, boolean mean) {
        double sum = 0;
        for (int i = lag; i < values.length; i++) {
            sum += mean ? values[i] : values[i] * values[i - lag];
        }
        return sum / (values.length - lag);
    }

    @Test
    void episodeBeginsWithAFreshDrawInItsOwnCopyAlone() {
        var going = new Noise(2, 1, 1e-4, new SeededRandom(3));
        float[] before = going.normal().clone();
        going.restart(1);
        float[] after = going.normal().clone();
        assertEquals(before[0], after[0], 0.1);
        assertTrue(Math.abs(before[1] - after[1]) > 0.1, "copy 1 goes on from " + before[1] + " to " + after[1]);
    }

    @Test
    void restoredNoiseGoesOnWithTheSameBits() {
        var noise = new Noise(2, 2, 0.1, new SeededRandom(4));
        noise.normal();
        noise.uniform(new float[4]);
        noise.restart(1);
        var state = noise.save();
        var other = new Noise(2, 2, 0.1, new SeededRandom(5));
        other.restore(state);
        for (int i = 0; i < 10; i++) {
            assertArrayEquals(noise.normal().clone(), other.normal().clone());
            var drawn = new float[4];
            var same = new float[4];
            noise.uniform(drawn);
            other.uniform(same);
            assertArrayEquals(drawn, same);
        }
    }
}
