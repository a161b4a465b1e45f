package dev.limber.api.robot;

/// A robot: named joints that are measured and commanded in fixed cycles. What a policy drives in simulation and in
/// hardware is the same interface, so nothing is rewritten between the two.
///
/// Arrays are the caller's and neither call allocates. [#spec] can be read while the robot is disconnected.
public interface Robot extends AutoCloseable {

    /// Joints and their limits.
    RobotSpec spec();

    /// Opens the connection. Commands nothing.
    void connect();

    /// Reads all joints at one moment.
    void read(JointStates target);

    /// Sends a command.
    ///
    /// @param command what is wanted, one number per joint, in the unit of `mode`
    /// @param applied receives what was really sent after limiting, one number per joint
    void send(CommandMode mode, double[] command, double[] applied);

    /// Brings the robot to its safe state and closes the connection. Further calls do nothing.
    @Override
    void close();

    /// What a command means.
    enum CommandMode {
        /// Positions [rad or m].
        POSITION,
        /// Velocities [rad/s or m/s].
        VELOCITY,
        /// Efforts [N m or N].
        EFFORT
    }
}
