package dev.limber.study.statistics;

/// An estimate and the confidence interval around it.
///
/// @param estimate the statistic of the data themselves
/// @param low the lower end; NaN where there are too few data to tell
/// @param high the upper end; NaN where there are too few data to tell
public record Interval(double estimate, double low, double high) {

    /// An estimate nothing more is known about.
    public static Interval unknown(double estimate) {
        return new Interval(estimate, Double.NaN, Double.NaN);
    }

    /// Whether there are ends.
    public boolean known() {
        return !Double.isNaN(low);
    }
}
