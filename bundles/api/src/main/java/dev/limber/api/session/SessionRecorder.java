package dev.limber.api.session;

import java.util.Map;

/// Keeps what happens in a session. Called from a thread that may write files, never from the control loop's.
public interface SessionRecorder extends AutoCloseable {

    /// A cycle that happened, in order. Cycles that came faster than they could be kept are missing.
    void cycle(Cycle cycle);

    /// An event.
    void event(SessionEvent event);

    /// Another controller drives.
    ///
    /// @param name what users call it
    /// @param notes what it says of itself
    default void controller(String name, Map<String, String> notes) {}

    /// Keeps what is not written yet and ends.
    @Override
    void close();
}
