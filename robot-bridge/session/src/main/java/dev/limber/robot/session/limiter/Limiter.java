package dev.limber.robot.session.limiter;

import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Limits;

/// Makes commands that keep to limits out of whatever is wanted. Allocates nothing. Belongs to the loop's thread.
///
/// It knows what was sent before, and changes that only when it is told that the next command was [sent][#sent].
public sealed interface Limiter permits MotionLimiter, EffortLimiter {

    /// A limiter for one mode.
    ///
    /// @param cycleSeconds the time between two commands [s]
    static Limiter of(RobotSpec robot, Limits limits, CommandMode mode, double cycleSeconds) {
        return mode == CommandMode.EFFORT
                ? new EffortLimiter(robot, limits, cycleSeconds)
                : new MotionLimiter(robot, limits, mode, cycleSeconds);
    }

    /// Begins with a robot that stands still: the last command is where it is, or no velocity, or no effort.
    void start(JointStates measured);

    /// The next command.
    ///
    /// @param wanted one number per joint; anything
    /// @param scale what part of velocity and effort is let through, 0 to 1; it never falls while something moves
    /// @param limited receives one number per joint, always within the limits
    void limit(JointStates measured, double[] wanted, double scale, double[] limited);

    /// The next command on the way to rest: no velocity in modes of position and velocity, no effort in that of effort.
    ///
    /// @param limited receives one number per joint
    void brake(JointStates measured, double[] limited);

    /// Says that what the last call gave went out.
    void sent();

    /// True where the last command that was sent is one of rest.
    boolean resting();

    /// What was clipped so far.
    Clips clips();
}
