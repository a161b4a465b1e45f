package dev.limber.api.metrics;

import java.io.Closeable;
import java.io.IOException;

/// Writes a run's metrics somewhere. Called from one thread, which is not the one that learns.
public interface Recorder extends Closeable {

    /// Takes a row.
    void record(MetricsRow row) throws IOException;

    /// Makes sure that what was recorded survives the end of the process.
    void flush() throws IOException;
}
