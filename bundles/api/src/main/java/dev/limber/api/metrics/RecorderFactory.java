package dev.limber.api.metrics;

import java.io.IOException;
import java.nio.file.Path;

/// A kind of recorder. Every one that is registered as a service records every run.
public interface RecorderFactory {

    /// Opens the recorder of a run.
    ///
    /// @param run the run's directory
    /// @param step the step the run goes on from, 0 for a new one: rows recorded beyond it belong to work that was lost
    ///        and will be done again, so they must go
    Recorder open(Path run, long step) throws IOException;
}
