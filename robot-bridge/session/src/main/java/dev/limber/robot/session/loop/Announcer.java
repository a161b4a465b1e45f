package dev.limber.robot.session.loop;

import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionEvent.Kind;

/// Hears of what changes. Must return at once.
@FunctionalInterface
public interface Announcer {

    /// Something changed.
    void announce(Kind kind, Phase phase, String text);
}
