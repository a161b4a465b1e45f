package dev.limber.robot.recording.mcap;

import java.io.IOException;

/// Bytes that are no MCAP, or no longer.
public final class McapException extends IOException {

    private static final long serialVersionUID = 1L;

    McapException(String message) {
        super(message);
    }
}
