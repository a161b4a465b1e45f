package dev.limber.learning.normalization;

import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;

/// Mean and variance of every component of a stream of vectors, in `double` and without keeping the vectors.
///
/// A batch is summarised in two passes and then merged: Chan, Golub and LeVeque, "Updating Formulae and a Pairwise
/// Algorithm for Computing Sample Variances", 1979; for a batch of one row that is Welford's method. Nothing
/// cancels, however far the mean is from 0.
public final class RunningMoments implements Stateful {

    private static final String SCHEMA = "dev.limber.learning.normalization.RunningMoments";

    private final int size;
    private long count;
    private final double[] mean;
    /// Sums of squared distances from the mean.
    private final double[] squares;
    private final double[] batchMean;
    private final double[] batchSquares;

    /// Moments of nothing yet.
    ///
    /// @param size components of a vector
    public RunningMoments(int size) {
        this.size = size;
        mean = new double[size];
        squares = new double[size];
        batchMean = new double[size];
        batchSquares = new double[size];
    }

    /// Components of a vector.
    public int size() {
        return size;
    }

    /// Vectors seen.
    public long count() {
        return count;
    }

    /// The mean of a component; 0 before the first vector.
    public double mean(int component) {
        return mean[component];
    }

    /// The variance of a component about its mean, the sum divided by [#count]; 1 before the first vector.
    public double variance(int component) {
        return count == 0 ? 1 : squares[component] / count;
    }

    /// Takes in vectors.
    ///
    /// @param values row-major [rows, size], all finite
    public void add(float[] values, int rows) {
        if (rows == 0) {
            return;
        }
        for (int i = 0; i < size; i++) {
            batchMean[i] = 0;
            batchSquares[i] = 0;
        }
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                batchMean[i] += values[row * size + i];
            }
        }
        for (int i = 0; i < size; i++) {
            batchMean[i] /= rows;
        }
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                double distance = values[row * size + i] - batchMean[i];
                batchSquares[i] += distance * distance;
            }
        }
        merge(rows, batchMean, batchSquares);
    }

    /// Takes in what other moments have seen, as if it had been added here.
    public void add(RunningMoments other) {
        if (other.size != size) {
            throw new IllegalArgumentException(
                    "moments of " + other.size + " components cannot be added to moments of " + size);
        }
        if (other.count > 0) {
            merge(other.count, other.mean, other.squares);
        }
    }

    private void merge(long otherCount, double[] otherMean, double[] otherSquares) {
        long total = count + otherCount;
        double share = (double) otherCount / total;
        for (int i = 0; i < size; i++) {
            double distance = otherMean[i] - mean[i];
            squares[i] += otherSquares[i] + distance * distance * count * share;
            mean[i] += distance * share;
        }
        count = total;
    }

    @Override
    public State save() {
        return new State(SCHEMA, 1).put("count", count).put("mean", mean).put("squares", squares);
    }

    @Override
    public void restore(State state) {
        state.expect(SCHEMA, 1);
        long savedCount = state.integer("count");
        double[] savedMean = new double[size];
        double[] savedSquares = new double[size];
        state.read("mean", savedMean);
        state.read("squares", savedSquares);
        count = savedCount;
        System.arraycopy(savedMean, 0, mean, 0, size);
        System.arraycopy(savedSquares, 0, squares, 0, size);
    }
}
