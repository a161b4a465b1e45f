package dev.limber.experiment.loop;

/// Says that new parts are refused and that those before them cannot go on either.
final class NoWayBackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// @param refusal why the new parts are refused, in one line
    /// @param step where that was found out
    /// @param stuck what those before them threw
    NoWayBackException(String refusal, long step, Throwable stuck) {
        super(refusal + " (at step " + step + ", from where there is no way back: " + FailureLine.of(stuck) + ")",
                stuck);
    }
}
