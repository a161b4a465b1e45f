package dev.limber.launcher.commandline;

import dev.limber.api.experiment.ExperimentListener;

/// Prints what the user should know on standard error.
///
/// @param terminal where to
record Notes(Terminal terminal) implements ExperimentListener {

    @Override
    public void note(String message) {
        terminal.err().println("limber: " + message);
    }
}
