package dev.limber.api.experiment;

/// An experiment failed while it ran. The message is one line; the cause has the rest, which is in the run's journal.
public class ExperimentFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message one line: what failed, at which step, and what can be done
    /// @param cause what was thrown
    public ExperimentFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
