package dev.limber.learning.returns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneralizedAdvantageTest {

    /// The definition that equation 16 begins with: the average of all k-step advantages, weighted by powers of lambda,
    /// where the longest one there is has all the weight that is left.
    @ParameterizedTest
    @CsvSource({"0.99, 0.95", "0.9, 0.5", "1, 1", "0.99, 0", "0, 0.5", "1, 0.7"})
    void isTheWeightedAverageOfAllStepAdvantages(double gamma, double lambda) {
        var random = new SeededRandom(21);
        for (int trial = 0; trial < 200; trial++) {
            var rollout = new Rollout(1 + random.nextInt(20), 1 + random.nextInt(5), random);
            int size = rollout.steps * rollout.copies;
            var advantages = new float[size];
            var returns = new float[size];
            compute(new GeneralizedAdvantage(gamma, lambda), rollout, advantages, returns);
            for (int i = 0; i < size; i++) {
                int step = i / rollout.copies;
                int copy = i % rollout.copies;
                int longest = rollout.remaining(step, copy);
                double average = 0;
                for (int k = 1; k <= longest; k++) {
                    double weight = Math.pow(lambda, k - 1) * (k < longest ? 1 - lambda : 1);
                    average += weight * (rollout.kStepReturn(step, copy, k, gamma) - rollout.values[i]);
                }
                assertEquals(average, advantages[i], 1e-5);
                assertEquals(average + rollout.values[i], returns[i], 1e-5);
            }
        }
    }

    @Test
    void handWorkedRolloutOfTwoCopies() {
        // gamma = lambda = 1/2, so the trace is 1/4. Copy 0 runs through; copy 1 is truncated after its first step and
        // terminated after its second.
        float[] rewards = {1, 1, 2, 2, 3, 3};
        float[] values = {4, 4, 8, 8, 16, 16};
        boolean[] terminated = {false, false, false, true, false, false};
        boolean[] truncated = {false, true, false, false, false, false};
        float[] finalValues = {Float.NaN, 10, Float.NaN, Float.NaN, Float.NaN, Float.NaN};
        float[] lastValues = {2, 6};
        var advantages = new float[6];
        var returns = new float[6];
        new GeneralizedAdvantage(0.5, 0.5).compute(3, 2, rewards, values, lastValues, terminated, truncated,
                finalValues, advantages, returns);
        // Copy 0: deltas 1 + 4 - 4 = 1, 2 + 8 - 8 = 2, 3 + 1 - 16 = -12; advantages from the last: -12, 2 - 3 = -1,
        // 1 - 1/4. Copy 1: 3 + 3 - 16 = -10; 2 - 8 = -6 (no next state); 1 + 5 - 4 = 2 (the final observation).
        assertArrayEquals(new float[] {0.75f, 2, -1, -6, -12, -10}, advantages);
        assertArrayEquals(new float[] {4.75f, 6, 7, 2, 4, 6}, returns);
    }

    @Test
    void returnsMayReplaceTheValues() {
        var rollout = new Rollout(17, 3, new SeededRandom(2));
        var advantages = new float[51];
        var returns = new float[51];
        compute(new GeneralizedAdvantage(0.9, 0.8), rollout, advantages, returns);
        var again = new float[51];
        compute(new GeneralizedAdvantage(0.9, 0.8), rollout, again, rollout.values);
        assertArrayEquals(advantages, again);
        assertArrayEquals(returns, rollout.values);
    }

    @Test
    void discountsOutsideZeroToOneAreRefused() {
        assertEquals("gamma is 1.5, it must be within 0 and 1",
                assertThrows(IllegalArgumentException.class, () -> new GeneralizedAdvantage(1.5, 0.9)).getMessage());
        assertEquals("lambda is NaN, it must be within 0 and 1", assertThrows(IllegalArgumentException.class,
                () -> new GeneralizedAdvantage(0.9, Double.NaN)).getMessage());
    }

    static void compute(GeneralizedAdvantage estimator, Rollout rollout, float[] advantages, float[] returns) {
        estimator.compute(rollout.steps, rollout.copies, rollout.rewards, rollout.values, rollout.lastValues,
                rollout.terminated, rollout.truncated, rollout.finalValues, advantages, returns);
    }
}
