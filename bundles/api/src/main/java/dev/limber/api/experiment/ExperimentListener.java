package dev.limber.api.experiment;

import dev.limber.api.experiment.Experiment.Status;

/// Hears of an experiment. Called on the experiment's threads; must return quickly.
public interface ExperimentListener {

    /// Hears nothing.
    ExperimentListener NONE = new ExperimentListener() {};

    /// The experiment has got on. Called about ten times a second.
    default void progress(Status status) {}

    /// Something happened that the user should know: one line.
    default void note(String message) {}
}
