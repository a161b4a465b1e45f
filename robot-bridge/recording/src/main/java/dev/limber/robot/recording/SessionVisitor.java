package dev.limber.robot.recording;

import dev.limber.api.session.Cycle;
import dev.limber.api.session.SessionEvent;

/// Receives what was recorded, in order.
interface SessionVisitor {

    /// A cycle; the object is used again for the next one. Moments are counted from the session's start.
    default void cycle(Cycle cycle) {}

    /// An event.
    default void event(SessionEvent event) {}
}
