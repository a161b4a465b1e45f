package dev.limber.experiment.plan;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.experiment.shard.ShardedEnvironment;
import java.util.Set;

/// An environment with its options checked.
///
/// @param info the plug-in
/// @param factory what builds it
/// @param options its options
/// @param spec what it looks like, with the reward weights that were asked for
/// @param weighted the terms whose weights the user set
public record PlannedEnvironment(PluginInfo info, EnvironmentFactory factory, OptionSet options, EnvironmentSpec spec,
        Set<String> weighted) {

    /// Builds a batch on the calling thread.
    public Environment create(int copies) {
        return create(copies, 1);
    }

    /// Builds a batch that is stepped by several threads.
    public Environment create(int copies, int threads) {
        Environment environment = ShardedEnvironment.create(factory, options.options(), copies, threads);
        if (!weighted.isEmpty()) {
            environment.setRewardWeights(spec.rewardWeights());
        }
        return environment;
    }
}
