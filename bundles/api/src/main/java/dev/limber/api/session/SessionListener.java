package dev.limber.api.session;

/// Hears what happens in a session, in order, on a thread that is neither the loop's nor the caller's.
@FunctionalInterface
public interface SessionListener {

    /// Hears nothing.
    SessionListener NONE = event -> {};

    /// Something happened.
    void event(SessionEvent event);
}
