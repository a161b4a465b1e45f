package dev.limber.api.gui;

import java.time.Instant;

/// Event: a line for the log pane.
///
/// @param time when
/// @param level how much it matters
/// @param source who says so: a run, a bundle, a panel
/// @param message one line
/// @param details more lines, a stack trace for example; empty where there are none
public record Logged(Instant time, Level level, String source, String message, String details) {

    /// A line without details that is said now.
    public static Logged now(Level level, String source, String message) {
        return new Logged(Instant.now(), level, source, message, "");
    }

    /// How much a line matters.
    public enum Level {
        /// Worth knowing.
        INFO,
        /// Something is not as it should be, and goes on.
        WARNING,
        /// Something does not work.
        ERROR
    }
}
