package dev.limber.launcher.gui.run;

import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.gui.Logged;
import dev.limber.api.gui.Logged.Level;
import dev.limber.api.gui.Workbench;

/// Logs what an experiment says before it runs: a damaged checkpoint, another version of a plug-in. What it says later is
/// in its journal, which is shown anyway.
final class NotesUntilStarted implements ExperimentListener {

    private final Workbench workbench;
    private final String name;
    private volatile boolean started;

    NotesUntilStarted(Workbench workbench, String name) {
        this.workbench = workbench;
        this.name = name;
    }

    void started() {
        started = true;
    }

    @Override
    public void note(String message) {
        if (!started) {
            workbench.publish(Logged.now(Level.WARNING, name, message));
        }
    }
}
