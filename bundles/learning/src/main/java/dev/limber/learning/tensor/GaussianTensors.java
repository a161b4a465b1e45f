package dev.limber.learning.tensor;

import ai.djl.ndarray.NDArray;

/// Gaussian distributions of a batch with independent components and one standard deviation for all rows, to be
/// differentiated.
///
/// @param mean [n, components]
/// @param logStd logarithm of the standard deviation [components]
public record GaussianTensors(NDArray mean, NDArray logStd) {

    private static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

    /// The log-density of one vector per row.
    ///
    /// @param values [n, components]
    /// @return [n, 1]
    public NDArray logProbability(NDArray values) {
        NDArray z = values.sub(mean).div(logStd.exp());
        return Scaling.times(z.square(), -0.5).sub(logStd).sub(HALF_LOG_2_PI).sum(new int[] {1}, true);
    }

    /// The entropy, the same in every row, a scalar [nat].
    public NDArray entropy() {
        return logStd.add(0.5 + HALF_LOG_2_PI).sum();
    }
}
