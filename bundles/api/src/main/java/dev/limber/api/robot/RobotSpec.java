package dev.limber.api.robot;

import dev.limber.api.robot.Robot.CommandMode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Joints of a robot, what they can do, and how the robot stops by itself when nobody talks to it.
///
/// @param name what the robot is called
/// @param joints in the order of all arrays
/// @param modes what commands it takes
/// @param cycleSeconds shortest time in which all joints can be read and commanded once [s], above 0
/// @param watchdog what the drives do when commands stay away
public record RobotSpec(String name, List<Joint> joints, Set<CommandMode> modes, double cycleSeconds,
        DriveWatchdog watchdog) {

    /// Copies the collections and checks that names are unique.
    public RobotSpec {
        joints = List.copyOf(joints);
        modes = modes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(modes)); // in their order, for messages
        if (!(cycleSeconds > 0)) {
            throw new IllegalArgumentException(
                    "robot '" + name + "' has a cycle of " + cycleSeconds + " s, it must be above 0");
        }
        Set<String> names = new HashSet<>();
        for (Joint joint : joints) {
            if (!names.add(joint.name())) {
                throw new IllegalArgumentException("robot '" + name + "' has two joints named '" + joint.name() + "'");
            }
        }
    }

    /// One joint and what its drive can do. The limits of a session may be narrower, never wider.
    ///
    /// @param name unique in the robot
    /// @param low lowest position [rad or m]; -Infinity where it turns without end
    /// @param high highest position [rad or m]; +Infinity where it turns without end
    /// @param maxVelocity [rad/s or m/s]
    /// @param maxAcceleration [rad/s^2 or m/s^2]
    /// @param maxEffort [N m or N]
    /// @param actuated false for a joint that is only measured; commands for it are ignored
    public record Joint(String name, double low, double high, double maxVelocity, double maxAcceleration,
            double maxEffort, boolean actuated) {

        /// Checks the limits.
        public Joint {
            if (!(low <= high)) {
                throw new IllegalArgumentException(
                        "joint '" + name + "' has limits " + low + " to " + high + ", low must not be above high");
            }
            if (!(maxVelocity > 0 && maxAcceleration > 0 && maxEffort > 0)) {
                throw new IllegalArgumentException("joint '" + name + "' has maxVelocity " + maxVelocity
                        + ", maxAcceleration " + maxAcceleration + " and maxEffort " + maxEffort
                        + ", all must be above 0");
            }
        }
    }

    /// What the drives do by themselves when no command arrives for a while. It is the only thing that still works when
    /// the process is killed or the cable is cut.
    public sealed interface DriveWatchdog {

        /// They go on with the last command for ever.
        record None() implements DriveWatchdog {}

        /// They stop after a time that cannot be changed.
        ///
        /// @param seconds the time [s]
        record Fixed(double seconds) implements DriveWatchdog {}

        /// They stop after a time that is set by [Robot#setWatchdog].
        ///
        /// @param shortest time that can be set [s]
        /// @param longest time that can be set [s]
        record Settable(double shortest, double longest) implements DriveWatchdog {}
    }
}
