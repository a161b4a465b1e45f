package dev.limber.api.session;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.robot.RobotSpec;
import java.util.Map;

/// A robot under control: the only way from controllers to [dev.limber.api.robot.Robot#send].
///
/// ```
/// CLOSED -> CONNECTED -> CALIBRATED -> ARMED -> RUNNING <-> HOLD
///                            ^           |        |         |
///                            |           +--------+---------+--> DAMP, STOPPED --arm--> ARMED
///                            +-- reset -- FAULT <-- from everywhere
/// ```
///
/// Requests come from any thread and return when the phase is reached; those that cannot be in the phase as it is throw a
/// [dev.limber.api.plugin.UsageException] and change nothing. A robot that fails makes a FAULT, and the request that met it throws the
/// [dev.limber.api.robot.RobotException].
///
/// This is no safety-rated stop. It is software; a robot that can hurt somebody needs a switch that cuts its power.
public interface RobotSession extends AutoCloseable {

    /// What was asked for.
    SessionSpec spec();

    /// The robot's joints; what is known only from the drives is there once connected.
    RobotSpec robot();

    /// Where it is.
    Phase phase();

    /// How it is. May be asked as often as pictures are drawn.
    SessionStatus status();

    /// CLOSED to CONNECTED: opens the connection and measures; writes nothing that moves or energises.
    void connect();

    /// CONNECTED to CALIBRATED, without a pose: the user vouches for the measured positions.
    default void calibrate() {
        calibrate(Map.of(), 0);
    }

    /// CONNECTED to CALIBRATED: checks that every joint is measured, and that the robot stands in a pose as it is told.
    ///
    /// @param pose joint to where it really is [rad or m]; joints that are not in it are not compared
    /// @param tolerance how far measurements may be off [rad or m]
    /// @throws UsageException naming the joint that is elsewhere, and by how much
    void calibrate(Map<String, Double> pose, double tolerance);

    /// Sets other limits while nothing is energised: CONNECTED, CALIBRATED or STOPPED.
    ///
    /// @throws UsageException where they do not fit the robot, or are wider than what it can do
    void limit(Limits limits);

    /// CALIBRATED, DAMP or STOPPED to ARMED: sets the drives' watchdog and energises, with the measured position (or velocity 0, or effort 0) as
    /// the command.
    ///
    /// @throws UsageException where a joint stands outside of its limits, or the drives have no watchdog
    ///         and that was not acknowledged
    void arm();

    /// ARMED, HOLD or RUNNING to RUNNING: lets a controller drive from the next cycle on. It is reset first; until its first answer the robot
    /// holds. The one that drove before is closed, and so is this one when it has been replaced, or the session stops or closes.
    void run(String name, Controller controller);

    /// As [#run(String, Controller)], with a manifest that is [required][#require] to fit first.
    ///
    /// @throws UsageException naming the joint, mode or rate that does not fit
    default void run(String name, Controller controller, PolicyManifest manifest) {
        require(manifest);
        run(name, controller);
    }

    /// Throws unless a policy fits the robot and this session; to be asked before anything is armed.
    ///
    /// @throws UsageException naming the joint, mode or rate that does not fit
    default void require(PolicyManifest manifest) {
        manifest.check(robot());
        if (manifest.mode() != spec().mode()) {
            throw new UsageException("the policy of " + manifest.task() + " commands "
                    + manifest.mode() + ", but the session is of " + spec().mode());
        }
        if (manifest.rate() > spec().rate() * (1 + 1e-9)) {
            throw new UsageException("the policy of " + manifest.task() + " acts at "
                    + manifest.rate() + " Hz, but the session has " + spec().rate() + " cycles per second");
        }
    }

    /// RUNNING or ARMED to HOLD: brings all joints to rest within the limits, and keeps them there.
    void hold();

    /// ARMED, RUNNING or HOLD to DAMP: all joints resist motion and keep no position.
    void damp();

    /// ARMED, RUNNING, HOLD or DAMP to STOPPED, over HOLD until all joints are at rest; then each joint holds, is damped or has no torque, as the
    /// spec says. Until then neither [#run] nor [#hold] is taken. Where a FAULT comes to rest, waits for that; does nothing where nothing is
    /// energised.
    void stop();

    /// To FAULT, from every thread, at once: each joint is told to stop in its way, without a path and before anything else. Returns before that.
    ///
    /// @param trigger who or what asked for it, a few words: "key", "lost heartbeat"
    void emergencyStop(String trigger);

    /// FAULT to CONNECTED, where the cause is gone: reconnects where the connection was lost.
    void reset();

    /// The client is alive. See [SessionSpec#heartbeat].
    void heartbeat();

    /// Adds somebody who hears what happens from now on.
    void addListener(SessionListener listener);

    /// Removes a listener.
    void removeListener(SessionListener listener);

    /// Stops as [#stop] does where something is energised, and lets go of the robot. Further calls do nothing.
    @Override
    void close();
}
