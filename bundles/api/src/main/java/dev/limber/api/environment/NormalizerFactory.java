package dev.limber.api.environment;

import dev.limber.api.plugin.Options;
import dev.limber.api.space.Space;

/// A kind of normaliser. Register one as a service, named by [dev.limber.api.plugin.Plugin].
public interface NormalizerFactory {

    /// Builds a normaliser that has learned nothing.
    ///
    /// @throws dev.limber.api.plugin.UsageException where it cannot normalise such observations
    Normalizer create(Space observation, Options options);
}
