package dev.limber.api.algorithm;

/// How far a run has come.
public interface Progress {

    /// Environment steps taken, all copies together.
    long steps();

    /// Environment steps the run is to take.
    long totalSteps();

    /// From 0 at the beginning to 1 at the end, and 1 beyond.
    default double fraction() {
        return totalSteps() <= 0 ? 1 : Math.min(1, (double) steps() / totalSteps());
    }
}
