package dev.limber.algorithms.a2c;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.PolicyContext;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.policy.Policy;
import dev.limber.api.state.State;
import dev.limber.learning.actorcritic.ActorCriticLearner;
import dev.limber.learning.actorcritic.AdvantageLoss;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// Builds A2C learners and their policies.
@Component
@Plugin(name = "a2c", description = "advantage actor-critic, for discrete and continuous actions")
@Designate(ocd = A2cSettings.class)
public final class A2cFactory implements AlgorithmFactory {

    @Override
    public void check(EnvironmentSpec environment, Options options) {
        ActorCriticLearner.check(environment, options.withDefaults(A2cSettings.class));
    }

    @Override
    public Tuning tuning(EnvironmentSpec environment) {
        return A2cTuning.of(environment);
    }

    @Override
    public Algorithm create(AlgorithmContext context) {
        Options options = options(context);
        return new ActorCriticLearner(context, options, loss(options));
    }

    @Override
    public Algorithm create(AlgorithmContext context, State state) {
        Options options = options(context);
        return ActorCriticLearner.restored(context, options, loss(options), state);
    }

    private static Options options(AlgorithmContext context) {
        return context.options().withDefaults(A2cSettings.class);
    }

    private static AdvantageLoss loss(Options options) {
        var settings = options.as(A2cSettings.class);
        return new AdvantageLoss(settings.value(), settings.entropy());
    }

    @Override
    public Policy policy(PolicyContext context, State state) {
        return ActorCriticLearner.policy(context, state);
    }
}
