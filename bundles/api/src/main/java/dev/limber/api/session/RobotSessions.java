package dev.limber.api.session;

import java.util.List;

/// Opens control sessions.
public interface RobotSessions {

    /// Makes a session that is CLOSED.
    ///
    /// @param listener hears what happens from the beginning
    /// @throws dev.limber.api.plugin.UsageException for an unknown robot, a setting that cannot be, or a robot that has a session already
    RobotSession open(SessionSpec spec, SessionListener listener);

    /// The sessions that are not closed, whoever opened them.
    List<RobotSession> sessions();
}
