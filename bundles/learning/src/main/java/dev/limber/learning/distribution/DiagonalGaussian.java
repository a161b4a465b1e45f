package dev.limber.learning.distribution;

import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.random.SeededRandom;

/// A normal distribution over vectors whose components are independent, given by means and the natural logarithms of
/// standard deviations.
///
/// Means are row-major [rows, size], one distribution a row. Logarithms are [size], shared by all rows, or [rows, size];
/// the length of their array decides. The other arrays may be longer than the rows need. No method allocates.
///
/// @param size components of a vector, at least 1
public record DiagonalGaussian(int size) {

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /// Checks that there is a component.
    public DiagonalGaussian {
        if (size < 1) {
            throw new IllegalArgumentException("a Gaussian distribution needs at least 1 component, not " + size);
        }
    }

    /// Draws a vector for each row: mean plus standard deviation times a standard normal number, component by component.
    ///
    /// @param mean row-major [rows, size]
    /// @param logStd [size] or [rows, size]
    /// @param actions receives the vectors, row-major [rows, size]
    /// @throws DivergenceException where a mean or a standard deviation is not finite
    public void sample(float[] mean, float[] logStd, int rows, SeededRandom random, float[] actions) {
        int stride = stride(logStd, rows);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                double drawn = mean[row * size + i] + Math.exp(logStd[row * stride + i]) * random.nextGaussian();
                actions[row * size + i] = checked(drawn, mean, logStd, row, i, stride);
            }
        }
    }

    /// The likeliest vector of each row, which is the mean.
    ///
    /// @param mean row-major [rows, size]
    /// @param actions receives the vectors, row-major [rows, size]
    /// @throws DivergenceException where a mean is not finite
    public void greedy(float[] mean, int rows, float[] actions) {
        for (int i = 0; i < rows * size; i++) {
            if (!Float.isFinite(mean[i])) {
                throw new DivergenceException("mean of row " + i / size + ", component " + i % size + " is " + mean[i]
                        + ", it must be finite; try a smaller learning rate");
            }
            actions[i] = mean[i];
        }
    }

    /// The natural logarithm of the probability density at one vector in each row:
    /// `-sum_i ((a_i - mean_i)^2 / (2 std_i^2) + log std_i + log(2 pi) / 2)`.
    ///
    /// @param mean row-major [rows, size]
    /// @param logStd [size] or [rows, size]
    /// @param actions the vectors, row-major [rows, size]
    /// @param target receives the logarithms [rows]
    public void logProbability(float[] mean, float[] logStd, int rows, float[] actions, float[] target) {
        int stride = stride(logStd, rows);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                double log = logStd[row * stride + i];
                double z = ((double) actions[row * size + i] - mean[row * size + i]) * Math.exp(-log);
                sum -= 0.5 * z * z + log + HALF_LOG_TWO_PI;
            }
            target[row] = (float) sum;
        }
    }

    /// The differential entropy of each row in nats: `sum_i (log std_i + log(2 pi e) / 2)`.
    ///
    /// @param logStd [size] or [rows, size]
    /// @param target receives the entropies [rows]
    public void entropy(float[] logStd, int rows, float[] target) {
        int stride = stride(logStd, rows);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += logStd[row * stride + i] + HALF_LOG_TWO_PI + 0.5;
            }
            target[row] = (float) sum;
        }
    }

    private int stride(float[] logStd, int rows) {
        if (logStd.length == size) {
            return 0;
        }
        if (logStd.length == rows * size) {
            return size;
        }
        throw new IllegalArgumentException("log standard deviations have " + logStd.length + " numbers, " + size
                + " or " + rows + " x " + size + " are needed");
    }

    private float checked(double drawn, float[] mean, float[] logStd, int row, int i, int stride) {
        float action = (float) drawn;
        if (!Float.isFinite(action)) {
            throw new DivergenceException(
                    "action of row " + row + ", component " + i + " is " + action + ", drawn with mean "
                            + mean[row * size + i] + " and log standard deviation " + logStd[row * stride + i]
                            + "; try a smaller learning rate");
        }
        return action;
    }
}
