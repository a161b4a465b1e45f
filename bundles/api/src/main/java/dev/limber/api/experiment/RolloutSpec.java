package dev.limber.api.experiment;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to roll out: random actions, a run's policy, or actions from a file.
///
/// @param environment name of the environment
/// @param settings options of the environment, as text
/// @param policy a run whose greedy policy acts
/// @param actions a CSV file with a column `action`, or `action0`, `action1`, ...
/// @param state physical state to set before the first step; empty to start where reset does
/// @param seed of the reset and of random actions
/// @param steps how many; 0 for all rows of `actions`, or one episode
/// @param out the CSV file to write
public record RolloutSpec(String environment, Map<String, String> settings, Optional<Path> policy,
        Optional<Path> actions, List<Double> state, long seed, long steps, Path out) {

    /// Copies the collections.
    public RolloutSpec {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        state = List.copyOf(state);
    }
}
