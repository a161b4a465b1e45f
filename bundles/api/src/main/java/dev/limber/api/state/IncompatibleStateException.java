package dev.limber.api.state;

import dev.limber.api.plugin.UsageException;

/// A state cannot be taken over. The message names the part, what it has and what was expected.
public class IncompatibleStateException extends UsageException {

    private static final long serialVersionUID = 1L;

    /// @param message one line: the part, what it has, what was expected
    public IncompatibleStateException(String message) {
        super(message);
    }
}
