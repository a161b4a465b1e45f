package dev.limber.algorithms.ddpg;

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
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// Builds SAC learners and their policies.
@Component
@Plugin(name = "sac", description = "soft actor-critic with a learned entropy coefficient, for continuous actions")
@Designate(ocd = SacSettings.class)
public final class SacFactory implements AlgorithmFactory {

    @Override
    public void check(EnvironmentSpec environment, Options options) {
        Networks.check(Sac.SPEC.name(), environment);
        ReplaySettings.of(options.as(SacSettings.class));
    }

    @Override
    public Tuning tuning(EnvironmentSpec environment) {
        return ReplayTuning.of(Sac.SPEC.name(), environment.name());
    }

    @Override
    public Algorithm create(AlgorithmContext context) {
        check(context.environment().spec(), context.options());
        return new Sac(context, context.options().as(SacSettings.class));
    }

    @Override
    public Algorithm create(AlgorithmContext context, State state) {
        check(context.environment().spec(), context.options());
        return Sac.restored(context, context.options().as(SacSettings.class), state);
    }

    @Override
    public Policy policy(PolicyContext context, State state) {
        return GreedyPolicy.of(Sac.SPEC, context, state);
    }
}
