package dev.limber.learning.returns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NStepReturnsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, Integer.MAX_VALUE})
    void areTheDefinitionTermByTerm(int n) {
        var random = new SeededRandom(n);
        for (int trial = 0; trial < 200; trial++) {
            var rollout = new Rollout(1 + random.nextInt(20), 1 + random.nextInt(5), random);
            double gamma = random.nextDouble();
            var returns = compute(new NStepReturns(gamma, n), rollout);
            for (int i = 0; i < returns.length; i++) {
                int step = i / rollout.copies;
                int copy = i % rollout.copies;
                int k = Math.min(n, rollout.remaining(step, copy));
                assertEquals(rollout.kStepReturn(step, copy, k, gamma), returns[i], 1e-5);
            }
        }
    }

    @Test
    void advantagesOfTheLongestReturnsAreThoseOfGaeWithLambdaOne() {
        var random = new SeededRandom(8);
        for (int trial = 0; trial < 100; trial++) {
            var rollout = new Rollout(1 + random.nextInt(20), 1 + random.nextInt(5), random);
            var returns = compute(new NStepReturns(0.97, rollout.steps), rollout);
            var advantages = new float[returns.length];
            var gaeReturns = new float[returns.length];
            GeneralizedAdvantageTest.compute(new GeneralizedAdvantage(0.97, 1), rollout, advantages, gaeReturns);
            assertArrayEquals(gaeReturns, returns, 1e-5f);
        }
    }

    @Test
    void handWorkedRolloutOfTwoSteps() {
        // gamma = 1/2, n = 2: 1 + 2/2 + 12/4, 2 + 3/2 (terminated), 3 (terminated), 4 + 5/2 + 20/4 (truncated),
        // 5 + 20/2 (truncated), 6 + 8/2 (end of the rollout).
        float[] rewards = {1, 2, 3, 4, 5, 6};
        float[] values = {10, 11, 12, 13, 14, 15};
        boolean[] terminated = {false, false, true, false, false, false};
        boolean[] truncated = {false, false, true, false, true, false};
        float[] finalValues = {Float.NaN, Float.NaN, Float.NaN, Float.NaN, 20, Float.NaN};
        var returns = new float[6];
        new NStepReturns(0.5, 2).compute(6, 1, rewards, values, new float[] {8}, terminated, truncated, finalValues,
                returns);
        assertArrayEquals(new float[] {5, 3.5f, 3, 11.5f, 15, 10}, returns);
    }

    @Test
    void lessThanOneStepIsRefused() {
        assertEquals("n is 0, it must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> new NStepReturns(0.9, 0)).getMessage());
    }

    private static float[] compute(NStepReturns estimator, Rollout rollout) {
        var returns = new float[rollout.steps * rollout.copies];
        estimator.compute(rollout.steps, rollout.copies, rollout.rewards, rollout.values, rollout.lastValues,
                rollout.terminated, rollout.truncated, rollout.finalValues, returns);
        return returns;
    }
}
