package dev.limber.api.experiment;

import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
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

    /// Plug-ins that are there and not in the catalogue.
    default List<LeftOut> leftOut() {
        return List.of();
    }

    /// The options of the runner itself, which every experiment has: threads, normaliser, checkpoints, ...
    List<OptionInfo> runnerOptions();

    /// What an algorithm's author found to work for an environment that is left as it is.
    ///
    /// @throws dev.limber.api.plugin.UsageException for an unknown name, or where the algorithm cannot learn in it
    default Tuning tuning(String algorithm, String environment) {
        return tuning(algorithm, environment, Map.of());
    }

    /// What an algorithm's author found to work for an environment with some options set, which may change its spaces.
    /// Nothing is built: whoever wants to know whether an experiment can start asks this.
    ///
    /// @param settings as in [ExperimentSpec#settings]
    /// @throws dev.limber.api.plugin.UsageException for an unknown name, a setting that is unknown or has a value that
    ///         cannot be, or where the algorithm cannot learn in it
    Tuning tuning(String algorithm, String environment, Map<String, String> settings);

    /// Options of a plug-in that were set as text.
    ///
    /// @throws dev.limber.api.plugin.UsageException for an unknown name, an unknown option or a value out of range
    default Options options(PluginKind kind, String name, Map<String, String> settings) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " reads no options");
    }

    /// The spec of an environment with some of its options set as text.
    ///
    /// @throws dev.limber.api.plugin.UsageException for an unknown name, an unknown option or a value out of range
    EnvironmentSpec environment(String name, Map<String, String> settings);
}
