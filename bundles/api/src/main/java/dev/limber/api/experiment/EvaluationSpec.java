package dev.limber.api.experiment;

import java.nio.file.Path;
import java.util.Optional;

/// What to evaluate.
///
/// @param run the run's directory
/// @param environment the environment to play in, where not the run's own; its spaces must fit
/// @param checkpoint "latest", "best" or a step
/// @param episodes how many, at least 1
/// @param seed what the episodes' randomness comes from
public record EvaluationSpec(Path run, Optional<String> environment, String checkpoint, int episodes, long seed) {}
