package dev.limber.learning.distribution;

import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.random.SeededRandom;
import java.util.Arrays;

/// A distribution over the choices of a [dev.limber.api.space.Discrete] space, given by logits: choice `i` has the
/// probability `exp(logits[i]) / sum_j exp(logits[j])`.
///
/// Logits are row-major [rows, choices], one distribution a row, of any size; `-Infinity` bars a choice. The arrays may
/// be longer than the rows need. No method allocates. Sums are in `double`, shifted by the largest logit, so that
/// nothing overflows.
///
/// @param choices how many choices there are, at least 1
public record Categorical(int choices) {

    /// Checks that there is a choice.
    public Categorical {
        if (choices < 1) {
            throw new IllegalArgumentException("a categorical distribution needs at least 1 choice, not " + choices);
        }
    }

    /// Draws a choice for each row by inverting the cumulative distribution, with one random number a row.
    ///
    /// @param logits row-major [rows, choices]
    /// @param actions receives the choices, 0 to `choices - 1` [rows]
    /// @throws DivergenceException where a row holds NaN or `+Infinity`, or bars every choice
    public void sample(float[] logits, int rows, SeededRandom random, float[] actions) {
        for (int row = 0; row < rows; row++) {
            int start = row * choices;
            double max = max(logits, row);
            double threshold = random.nextDouble() * sumOfExponentials(logits, row, max);
            double cumulative = 0;
            int choice = -1;
            do {
                choice++;
                cumulative += Math.exp(logits[start + choice] - max);
            } while (cumulative <= threshold && choice < choices - 1);
            actions[row] = choice;
        }
    }

    /// The likeliest choice of each row, the first of equals.
    ///
    /// @param logits row-major [rows, choices]
    /// @param actions receives the choices [rows]
    /// @throws DivergenceException where a row holds NaN or `+Infinity`, or bars every choice
    public void greedy(float[] logits, int rows, float[] actions) {
        for (int row = 0; row < rows; row++) {
            int start = row * choices;
            double max = max(logits, row);
            int choice = 0;
            while (logits[start + choice] != max) {
                choice++;
            }
            actions[row] = choice;
        }
    }

    /// The natural logarithm of the probability of one choice in each row; `-Infinity` for a barred choice.
    ///
    /// @param logits row-major [rows, choices]
    /// @param actions the choices [rows]
    /// @param target receives the logarithms [rows]
    /// @throws DivergenceException where a row holds NaN or `+Infinity`, or bars every choice
    public void logProbability(float[] logits, int rows, float[] actions, float[] target) {
        for (int row = 0; row < rows; row++) {
            double max = max(logits, row);
            double logSum = Math.log(sumOfExponentials(logits, row, max));
            target[row] = (float) (logits[row * choices + (int) actions[row]] - max - logSum);
        }
    }

    /// The entropy of each row in nats: `-sum_i p_i log p_i`, from 0 to `log(choices)`.
    ///
    /// @param logits row-major [rows, choices]
    /// @param target receives the entropies [rows]
    /// @throws DivergenceException where a row holds NaN or `+Infinity`, or bars every choice
    public void entropy(float[] logits, int rows, float[] target) {
        for (int row = 0; row < rows; row++) {
            int start = row * choices;
            double max = max(logits, row);
            double sum = 0;
            double weighted = 0;
            for (int i = 0; i < choices; i++) {
                double shifted = logits[start + i] - max;
                double exponential = Math.exp(shifted);
                // A vanished choice adds nothing, though its logit may be -Infinity: 0 log 0 = 0.
                if (exponential > 0) {
                    sum += exponential;
                    weighted += exponential * shifted;
                }
            }
            target[row] = (float) (Math.log(sum) - weighted / sum);
        }
    }

    private double max(float[] logits, int row) {
        int start = row * choices;
        float max = logits[start];
        for (int i = 1; i < choices; i++) {
            max = Math.max(max, logits[start + i]);
        }
        if (!Float.isFinite(max)) {
            throw new DivergenceException("logits of row " + row + " are "
                    + Arrays.toString(Arrays.copyOfRange(logits, start, start + choices))
                    + ", they must be finite; try a smaller learning rate");
        }
        return max;
    }

    private double sumOfExponentials(float[] logits, int row, double max) {
        int start = row * choices;
        double sum = 0;
        for (int i = 0; i < choices; i++) {
            sum += Math.exp(logits[start + i] - max);
        }
        return sum;
    }
}
