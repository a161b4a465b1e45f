package dev.limber.api.experiment;

import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentSpec;
import java.util.List;
import java.util.Map;

/// What is installed, as it is now: the plug-ins of each kind and the options they declare.
public interface Catalog {

    /// The plug-ins of a kind, by name.
    List<PluginInfo> plugins(PluginKind kind);

    /// The plug-in of that name.
    ///
    /// @throws dev.limber.api.plugin.UsageException naming the nearest names
    PluginInfo plugin(PluginKind kind, String name);

    /// The options of the runner itself, which every experiment has: threads, normaliser, checkpoints, ...
    List<OptionInfo> runnerOptions();

    /// What an algorithm's author found to work for an environment.
    ///
    /// @throws dev.limber.api.plugin.UsageException for an unknown name, or where the algorithm cannot learn in it
    Tuning tuning(String algorithm, String environment);

    /// What an algorithm's author found to work for an environment with some of its options set as text.
    ///
    /// @param settings as in an [ExperimentSpec]; those that are not the environment's do not matter
    /// @throws dev.limber.api.plugin.UsageException for an unknown name, or where the algorithm cannot learn in it
    default Tuning tuning(String algorithm, String environment, Map<String, String> settings) {
        return tuning(algorithm, environment);
    }

    /// The spec of an environment with some of its options set as text.
    ///
    /// @throws dev.limber.api.plugin.UsageException for an unknown name, an unknown option or a value out of range
    EnvironmentSpec environment(String name, Map<String, String> settings);
}
