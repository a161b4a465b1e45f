package dev.limber.study.statistics;

import java.util.Arrays;

/// Quantiles, interpolated linearly between order statistics (definition 7 of Hyndman and Fan 1996, NumPy's default).
public final class Quantile {

    private Quantile() {}

    /// The median. Values may be infinite: where the middle is, so is the median.
    ///
    /// @param values at least one, in any order; not changed
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, 0.5);
    }

    /// The quantile `q` in 0 to 1 of values in ascending order.
    static double ofSorted(double[] sorted, double q) {
        double place = q * (sorted.length - 1);
        int below = (int) place;
        double fraction = place - below;
        return fraction == 0 || sorted[below] == sorted[below + 1]
                ? sorted[below]
                : sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
    }
}
