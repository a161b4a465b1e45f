package dev.limber.api.metrics;

/// One quantity. Adding to it neither allocates nor locks.
public interface Metric {

    /// Adds a measurement, on the run's thread.
    void add(double value);
}
