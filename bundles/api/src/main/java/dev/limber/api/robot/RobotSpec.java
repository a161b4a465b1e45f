package dev.limber.api.robot;

import dev.limber.api.robot.Robot.CommandMode;
import java.util.List;
import java.util.Set;

/// Joints of a robot and their limits.
///
/// @param name what the robot is called
/// @param joints in the order of all arrays
/// @param modes what commands it takes
/// @param cycleSeconds how often it can be read and commanded [s]
public record RobotSpec(String name, List<Joint> joints, Set<CommandMode> modes, double cycleSeconds) {

    /// Copies the collections.
    public RobotSpec {
        joints = List.copyOf(joints);
        modes = Set.copyOf(modes);
    }

    /// One joint and the limits that no command passes.
    ///
    /// @param name unique in the robot
    /// @param low lowest position [rad or m]
    /// @param high highest position [rad or m]
    /// @param maxVelocity [rad/s or m/s]
    /// @param maxEffort [N m or N]
    public record Joint(String name, double low, double high, double maxVelocity, double maxEffort) {}
}
