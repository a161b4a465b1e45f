package dev.limber.api.session;

import java.time.Instant;

/// Something that happened in a session and is worth a line: a change of phase, a fault, a change of controller, a clipped command for the first time.
///
/// @param time when, by the wall clock
/// @param nanoTime when, of [System#nanoTime], to be compared with cycles [ns]
/// @param kind what sort of thing
/// @param phase the session's phase after it
/// @param text one line
public record SessionEvent(Instant time, long nanoTime, Kind kind, Phase phase, String text) {

    /// What sort of thing happened.
    public enum Kind {
        /// The phase changed.
        PHASE,
        /// Something went wrong and the robot was stopped.
        FAULT,
        /// Another controller drives.
        CONTROLLER,
        /// A limit was reached, for the first time in a while.
        LIMIT,
        /// Something to know.
        NOTE
    }
}
