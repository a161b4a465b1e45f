package dev.limber.api.session;

import java.nio.file.Path;

/// A way to keep sessions. Register one as a service, named by [dev.limber.api.plugin.Plugin].
public interface SessionRecorderFactory {

    /// Begins a recording.
    ///
    /// @param file to write; must not exist
    /// @param header what is recorded
    /// @throws dev.limber.api.plugin.UsageException where the file cannot be written
    SessionRecorder open(Path file, SessionHeader header);
}
