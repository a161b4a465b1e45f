package dev.limber.experiment.loop;

import dev.limber.api.plugin.UsageException;

/// One line that tells a user what was thrown.
final class FailureLine {

    private FailureLine() {}

    /// The message, and the kind where that says more.
    static String of(Throwable thrown) {
        String message = thrown.getMessage() == null ? "" : thrown.getMessage().lines().findFirst().orElse("");
        boolean plain = thrown instanceof UsageException || thrown instanceof ArithmeticException
                || thrown.getClass().getName().startsWith("dev.limber.");
        return plain && !message.isEmpty()
                ? message
                : thrown.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }
}
