package dev.limber.api.robot;

/// A robot did not do what it was asked for.
///
/// The message is one line that names the joint or the device, what happened, and what to look at.
public class RobotException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// @param kind what happened, for the session's decision
    /// @param message one line for the user
    public RobotException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// @param kind what happened, for the session's decision
    /// @param message one line for the user
    /// @param cause what was thrown below
    public RobotException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// What happened.
    public Kind kind() {
        return kind;
    }

    /// What can happen to a robot.
    public enum Kind {
        /// A reply did not come in time. The next one may.
        TIMEOUT,
        /// A reply was damaged or not the expected one. The next one may be good.
        CORRUPT,
        /// A drive reports a fault of its own: overload, overheating, a voltage out of range.
        DRIVE_FAULT,
        /// The connection is gone: the cable was pulled, the device was removed, the other side closed it.
        DISCONNECTED,
        /// The robot cannot do that, or does not take it: a mode it has not, a watchdog that cannot be set.
        REFUSED
    }
}
