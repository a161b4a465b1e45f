package dev.limber.api.session;

/// Keeps what happens in a session. Called from a thread that may write files, never from the control loop's.
public interface SessionRecorder extends AutoCloseable {

    /// A cycle that happened, in order. Cycles that came faster than they could be kept are missing.
    void cycle(Cycle cycle);

    /// An event.
    void event(SessionEvent event);

    /// Keeps what is not written yet and ends.
    @Override
    void close();
}
