package dev.limber.api.experiment;

import dev.limber.api.algorithm.Device;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What to run. What is left empty comes from the algorithm's tuning for the environment, or a default.
///
/// @param environment name of the environment
/// @param algorithm name of the algorithm
/// @param settings options of the runner, the algorithm and the environment, as text; a name that several have is
///        written `environment.name`, `algorithm.name` or `runner.name`
/// @param seed what all randomness comes from
/// @param steps environment steps, all copies together
/// @param copies environment copies
/// @param device where to compute
/// @param run where to put the run; must not exist. Empty for a new folder below `runs/`
public record ExperimentSpec(String environment, String algorithm, Map<String, String> settings, long seed,
        OptionalLong steps, OptionalInt copies, Device device, Optional<Path> run) {

    /// Copies the map.
    public ExperimentSpec {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
