package dev.limber.experiment.checkpoint;

import dev.limber.api.state.State;
import java.util.Map;

/// A run at one moment.
///
/// @param step environment steps taken
/// @param plan what ran, as a JSON tree
/// @param state all of it: the algorithm, the environment, the normaliser, the runner
public record Checkpoint(long step, Map<String, Object> plan, State state) {}
