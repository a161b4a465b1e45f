package dev.limber.api.plugin;

/// Something was asked for that cannot be: an unknown name, an option out of range, parts that do not fit.
///
/// The message is one line for the user, which names what was wrong and what would be right. It is shown as it is,
/// without a stack trace.
public class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message one line: what was wrong, what would be right
    public UsageException(String message) {
        super(message);
    }
}
