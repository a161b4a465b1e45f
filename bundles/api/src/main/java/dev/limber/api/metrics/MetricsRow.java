package dev.limber.api.metrics;

import java.util.SequencedMap;

/// What was measured up to one moment of a run.
///
/// @param step environment steps taken
/// @param seconds time spent running, pauses and earlier processes' time included as run time only [s]
/// @param values metric name to value; a metric without a new measurement is absent
public record MetricsRow(long step, double seconds, SequencedMap<String, Double> values) {}
