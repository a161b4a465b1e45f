package dev.limber.api.environment;

import dev.limber.api.plugin.Options;

/// A kind of environment. Register one as a service, named by [dev.limber.api.plugin.Plugin].
public interface EnvironmentFactory {

    /// What the environment looks like with these options, without building one.
    EnvironmentSpec spec(Options options);

    /// Builds a batch, on the thread that will use it. It must be [reset][Environment#reset] before its first step.
    ///
    /// @param copies how many copies are stepped together, at least 1
    Environment create(int copies, Options options);
}
