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

/// Builds DDPG learners and their policies.
@Component
@Plugin(name = "ddpg", description = "deep deterministic policy gradient, for continuous actions")
@Designate(ocd = DdpgSettings.class)
public final class DdpgFactory implements AlgorithmFactory {

    @Override
    public void check(EnvironmentSpec environment, Options options) {
        Networks.check(Ddpg.SPEC.name(), environment);
        ReplaySettings.of(options.as(DdpgSettings.class));
    }

    @Override
    public Tuning tuning(EnvironmentSpec environment) {
        return ReplayTuning.of(Ddpg.SPEC.name(), environment.name());
    }

    @Override
    public Algorithm create(AlgorithmContext context) {
        check(context.environment().spec(), context.options());
        return new Ddpg(context, context.options().as(DdpgSettings.class));
    }

    @Override
    public Algorithm create(AlgorithmContext context, State state) {
        check(context.environment().spec(), context.options());
        return Ddpg.restored(context, context.options().as(DdpgSettings.class), state);
    }

    @Override
    public Policy policy(PolicyContext context, State state) {
        return GreedyPolicy.of(Ddpg.SPEC, context, state);
    }
}
