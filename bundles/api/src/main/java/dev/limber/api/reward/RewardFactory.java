package dev.limber.api.reward;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;

/// A kind of reward term. Register one as a service, named by [dev.limber.api.plugin.Plugin].
public interface RewardFactory {

    /// Builds the term for an environment.
    ///
    /// @throws dev.limber.api.plugin.UsageException where it does not fit the environment, naming what does not
    Reward create(EnvironmentSpec environment, Options options);
}
