package dev.limber.api.session;

import dev.limber.api.robot.JointStates;

/// Decides what a robot should do, cycle by cycle: a policy, a person, a trajectory.
///
/// It is not trusted: whatever it returns, throws or keeps thinking about, the session's limiter and deadlines stand between it and the robot.
/// One instance serves one session and is called from one thread at a time.
public interface Controller extends AutoCloseable {

    /// Begins from where the robot stands: forget what was remembered.
    ///
    /// @param measured the robot at rest, valid during the call
    void reset(JointStates measured);

    /// Chooses the next command.
    ///
    /// @param measured the newest measurement, valid during the call
    /// @param wanted receives one number per joint in the unit of the session's mode; holds the last command that was sent
    void control(JointStates measured, double[] wanted);

    /// Frees what it holds.
    @Override
    default void close() {}
}
