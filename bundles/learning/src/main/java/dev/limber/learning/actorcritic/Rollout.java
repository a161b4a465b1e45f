package dev.limber.learning.actorcritic;

import dev.limber.learning.returns.GeneralizedAdvantage;

/// What came of the steps of a rollout, what the critic had expected, and how much better than expected it was.
///
/// Arrays are row-major [steps, copies] and stay the same; the next rollout overwrites them.
final class Rollout {

    private final int steps;
    private final int copies;
    private final float[] rewards;
    private final float[] values;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private final float[] finalValues;
    private final float[] lastValues;
    private final float[] advantages;
    private final float[] returns;

    Rollout(int steps, int copies) {
        this.steps = steps;
        this.copies = copies;
        int rows = steps * copies;
        rewards = new float[rows];
        values = new float[rows];
        terminated = new boolean[rows];
        truncated = new boolean[rows];
        finalValues = new float[rows];
        lastValues = new float[copies];
        advantages = new float[rows];
        returns = new float[rows];
    }

    /// Keeps a step of every copy.
    ///
    /// @param row of the first copy's step in the rollout
    /// @param stepValues what the critic expected before the step
    void put(int row, float[] stepValues, float[] stepRewards, boolean[] stepTerminated, boolean[] stepTruncated) {
        System.arraycopy(stepValues, 0, values, row, copies);
        System.arraycopy(stepRewards, 0, rewards, row, copies);
        System.arraycopy(stepTerminated, 0, terminated, row, copies);
        System.arraycopy(stepTruncated, 0, truncated, row, copies);
    }

    /// Keeps what the critic expects of final observations, where a step of some copy was truncated.
    void putFinalValues(int row, float[] stepValues) {
        System.arraycopy(stepValues, 0, finalValues, row, copies);
    }

    /// Keeps what the critic expects after the last step.
    void putLastValues(float[] stepValues) {
        System.arraycopy(stepValues, 0, lastValues, 0, copies);
    }

    /// Computes advantages and returns. Bootstraps at the end of the rollout and after truncated episodes, never after
    /// terminated ones.
    void estimate(GeneralizedAdvantage advantage) {
        advantage.compute(steps, copies, rewards, values, lastValues, terminated, truncated, finalValues, advantages,
                returns);
    }

    /// Brings the advantages to mean 0 and standard deviation 1.
    void normalizeAdvantages() {
        double mean = mean(advantages);
        double square = 0;
        for (float each : advantages) {
            square += (each - mean) * (each - mean);
        }
        double scale = 1 / (Math.sqrt(square / advantages.length) + 1e-8);
        for (int i = 0; i < advantages.length; i++) {
            advantages[i] = (float) ((advantages[i] - mean) * scale);
        }
    }

    /// 1 - var(returns - values) / var(returns); 0 where the returns do not vary.
    double explainedVariance() {
        double meanReturn = mean(returns);
        double meanError = meanReturn - mean(values);
        double varianceOfReturns = 0;
        double varianceOfErrors = 0;
        for (int i = 0; i < returns.length; i++) {
            double deviation = returns[i] - meanReturn;
            double error = returns[i] - values[i] - meanError;
            varianceOfReturns += deviation * deviation;
            varianceOfErrors += error * error;
        }
        return varianceOfReturns == 0 ? 0 : 1 - varianceOfErrors / varianceOfReturns;
    }

    private static double mean(float[] numbers) {
        double sum = 0;
        for (float number : numbers) {
            sum += number;
        }
        return sum / numbers.length;
    }

    float[] rewards() {
        return rewards;
    }

    float[] advantages() {
        return advantages;
    }

    float[] returns() {
        return returns;
    }
}
