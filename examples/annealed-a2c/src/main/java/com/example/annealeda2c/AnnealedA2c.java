package com.example.annealeda2c;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.PolicyContext;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.policy.Policy;
import dev.limber.api.state.State;
import dev.limber.learning.actorcritic.ActorCriticLearner;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// A2C whose policy is kept broad at first, and let go.
///
/// It has the name of Limber's own, so that it takes the place of that in runs that are training.
@Component
@Plugin(name = "a2c", description = "advantage actor-critic whose weight of the entropy falls to 0")
@Designate(ocd = AnnealedA2cSettings.class)
public final class AnnealedA2c implements AlgorithmFactory {

    @Override
    public void check(EnvironmentSpec environment, Options options) {
        ActorCriticLearner.check(environment, options.withDefaults(AnnealedA2cSettings.class));
    }

    @Override
    public Algorithm create(AlgorithmContext context) {
        Options options = context.options().withDefaults(AnnealedA2cSettings.class);
        return new ActorCriticLearner(context, options,
                new AnnealedLoss(options.as(AnnealedA2cSettings.class), context.metrics()));
    }

    @Override
    public Policy policy(PolicyContext context, State state) {
        return ActorCriticLearner.policy(context, state);
    }
}
