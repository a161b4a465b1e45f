package dev.limber.api.metrics;

/// Hands out the metrics of a run. Ask for each once, when built, and keep it.
public interface Metrics {

    /// A metric whose row holds the mean of what was added since the last row.
    ///
    /// @param name lower case, grouped by `/`: "policy/loss"
    /// @param description one sentence with the unit: what it means and what to expect
    Metric mean(String name, String description);

    /// A metric whose row holds the last value added.
    ///
    /// @param name lower case, grouped by `/`: "policy/lr"
    /// @param description one sentence with the unit: what it means and what to expect
    Metric last(String name, String description);
}
