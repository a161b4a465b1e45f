package dev.limber.robot.can;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import java.util.Optional;

/// What controllers of one make say and hear.
interface DriveProtocol {

    /// What they are called.
    String make();

    /// Whether their frames are of CAN FD.
    boolean fd();

    /// What they do when commands stay away.
    DriveWatchdog watchdog();

    /// Which axis a frame is from, by its id; -1 for none.
    int node(CanFrame frame);

    /// Takes what a frame says about its axis. What cannot be understood is left out.
    void hear(CanFrame frame, Axis axis, long now);

    /// Asks for position and velocity.
    void askMotion(Axis axis, CanFrame out);

    /// Asks for temperature, voltage and errors.
    ///
    /// @param part counts the frames that are needed
    /// @return false where no more are needed
    boolean askHealth(Axis axis, int part, CanFrame out);

    /// Says what makes it obey commands of a mode, from where it stands.
    ///
    /// @param part counts the frames that are needed
    /// @return false where no more are needed
    boolean enable(Axis axis, CommandMode mode, double watchdog, int part, CanFrame out);

    /// Says again what it is to do where it stands, so that its watchdog does not strike meanwhile, and asks whether it obeys by now.
    ///
    /// @param part counts the frames that are needed
    /// @return false where no more are needed
    boolean enabling(Axis axis, CommandMode mode, double watchdog, int part, CanFrame out);

    /// Whether it has said that it obeys; what it said instead, one line.
    Optional<String> refusal(Axis axis, double watchdog);

    /// Commands a value in turns [turns, turns/s] or torque [N m] of the motor.
    void command(Axis axis, CommandMode mode, float value, double watchdog, CanFrame out);

    /// Stops it.
    ///
    /// @param part counts the frames that are needed
    /// @return false where no more are needed
    boolean stop(Axis axis, StopWay way, int part, CanFrame out);

    /// What it complains of, in words; empty where all is well.
    String errors(Axis axis, boolean enabled);
}
