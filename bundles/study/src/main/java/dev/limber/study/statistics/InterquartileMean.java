package dev.limber.study.statistics;

import java.util.Arrays;

/// The mean of the middle half of the scores: less moved by one lucky or broken seed than the mean, and less wasteful
/// than the median (Agarwal et al. 2021, section 4.3).
public final class InterquartileMean {

    private InterquartileMean() {}

    /// The interquartile mean: the lowest and the highest floor(n / 4) values are left out. With fewer than four values
    /// it is the mean.
    ///
    /// @param values at least one, in any order; not changed
    public static double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted);
    }

    /// The same of values that are already in ascending order.
    static double ofSorted(double[] sorted) {
        int cut = sorted.length / 4;
        double sum = 0;
        for (int i = cut; i < sorted.length - cut; i++) {
            sum += sorted[i];
        }
        return sum / (sorted.length - 2 * cut);
    }
}
