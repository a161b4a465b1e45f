package dev.limber.robot.serial;

import dev.limber.api.robot.RobotException;

/// Somebody else has the serial device open, and keeps it for itself.
public final class LineInUseException extends RobotException {

    private static final long serialVersionUID = 1L;

    /// @param device as the system names it
    LineInUseException(String device) {
        super(Kind.DISCONNECTED, device + " is in use by another program or session");
    }
}
