package dev.limber.api.study;

import dev.limber.api.study.Study.Status;

/// Hears of a study. Called on the study's threads; must return quickly.
public interface StudyListener {

    /// Hears nothing.
    StudyListener NONE = new StudyListener() {};

    /// The study has got on. Called a few times a second.
    default void progress(Status status) {}

    /// Something happened that the user should know: one line.
    default void note(String message) {}
}
