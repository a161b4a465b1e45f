package dev.limber.api.robot;

import java.util.function.BooleanSupplier;

/// A robot: named joints that are measured and commanded in fixed cycles. What a policy drives in simulation and in
/// hardware is the same interface, so nothing is rewritten between the two.
///
/// Arrays are the caller's. Neither [#read] nor [#send] allocates, and each returns within one cycle of [RobotSpec#cycleSeconds] or throws:
/// a reply that stays away is a [RobotException], never a wait. All methods but [#spec] are called from one thread.
///
/// A robot applies what its drives can do, as [RobotSpec] tells; what a user wants it to do at most is the session's limiter, which stands above
/// it and below every policy.
public interface Robot extends AutoCloseable {

    /// Joints and what they can do. Can be asked at any time; what is known only from the drives is there once connected.
    RobotSpec spec();

    /// Opens the connection and finds every joint. Writes nothing that moves or energises a joint.
    ///
    /// @throws RobotException naming what did not answer
    void connect();

    /// Reads all joints at one moment.
    ///
    /// @throws RobotException where a reply is missing or damaged, or a drive reports a fault; `target` is then unchanged
    void read(JointStates target);

    /// Reads temperature, voltage and errors of all drives. Slower than [#read]: call it about once a second.
    ///
    /// @throws RobotException as [#read]
    void readHealth(DriveHealth target);

    /// Sets the drives' own watchdog and reads it back.
    ///
    /// @param seconds how long commands may stay away [s]; 0 switches it off
    /// @throws RobotException where a drive did not take it
    void setWatchdog(double seconds);

    /// Makes the drives obey commands of a mode, with the measured position (or velocity 0, or effort 0) as the first one: nothing moves.
    ///
    /// @throws RobotException where a drive did not take it; all are then without torque
    void enable(CommandMode mode);

    /// As [#enable(CommandMode)], unless it is not wanted any more meanwhile. A robot that gives one drive after another torque, and waits for the
    /// answer of each, asks before each.
    ///
    /// @param unwanted whether nobody wants it any more; true stays true
    /// @throws RobotException also where it is not wanted any more; what has torque by then keeps it, so that [#stop] lets nothing fall that is to hold
    default void enable(CommandMode mode, BooleanSupplier unwanted) {
        enable(mode);
    }

    /// Sends a command in the mode that was enabled.
    ///
    /// @param command what is wanted, one number per joint, in the unit of the mode; ignored for joints that are only measured
    /// @param applied receives what was really sent, after rounding to the drive's steps and to what it can do; NaN for joints that are only measured
    /// @throws RobotException where the command could not be sent, is no number or the robot is not enabled; `applied` is then unchanged
    void send(double[] command, double[] applied);

    /// Stops each joint in its own way. Can be called in every state and again and again; damping needs it.
    ///
    /// @param ways one per joint
    /// @throws RobotException where it could not be sent to a joint; it was then still tried on all others
    void stop(StopWay[] ways);

    /// Takes the torque away, unless the drives were told to hold by the last [#stop], and closes the connection. Further calls do nothing.
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

    /// How a joint stops.
    enum StopWay {
        /// Keeps its position with torque.
        HOLD,
        /// Resists motion without keeping a position.
        DAMP,
        /// No torque: it falls.
        TORQUE_OFF
    }
}
