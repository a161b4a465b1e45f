package dev.limber.api.gui;

import java.nio.file.Path;

/// Event: new rows of metrics of a run that is selected or compared have been read, or rows of lost work have gone.
///
/// @param folder of the run
/// @param metrics all of them
public record MetricsRead(Path folder, MetricTable metrics) {}
