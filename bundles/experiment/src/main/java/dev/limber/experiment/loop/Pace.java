package dev.limber.experiment.loop;

/// How long iterations take, so that what a swap costs can be told from what every iteration costs.
final class Pace {

    private static final double SHARE = 0.02;
    private static final double NANOS_PER_MILLI = 1e6;

    private double mean = Double.NaN;
    private long slowest;

    /// Counts an iteration [ns].
    void iterated(long nanos) {
        mean = Double.isNaN(mean) ? nanos : mean + SHARE * (nanos - mean);
        slowest = Math.max(slowest, nanos);
    }

    /// Looks for the slowest iteration from here on.
    void watch() {
        slowest = 0;
    }

    /// The mean of about the last 50 iterations [ms].
    double meanMillis() {
        return mean / NANOS_PER_MILLI;
    }

    /// The slowest iteration that was [watched][#watch] [ms].
    double slowestMillis() {
        return slowest / NANOS_PER_MILLI;
    }
}
