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

/// Builds TD3 learners and their policies.
@Component
@Plugin(name = "td3", description = "twin delayed deep deterministic policy gradient, for continuous actions")
@Designate(ocd = Td3Settings.class)
public final class Td3Factory implements AlgorithmFactory {

    @Override
    public void check(EnvironmentSpec environment, Options options) {
        Networks.check(Td3.SPEC.name(), environment);
        ReplaySettings.of(options.as(Td3Settings.class));
    }

    @Override
    public Tuning tuning(EnvironmentSpec environment) {
        return ReplayTuning.of(Td3.SPEC.name(), environment.name());
    }

    @Override
    public Algorithm create(AlgorithmContext context) {
        check(context.environment().spec(), context.options());
        return new Td3(context, context.options().as(Td3Settings.class));
    }

    @Override
    public Algorithm create(AlgorithmContext context, State state) {
        check(context.environment().spec(), context.options());
        return Td3.restored(context, context.options().as(Td3Settings.class), state);
    }

    @Override
    public Policy policy(PolicyContext context, State state) {
        return GreedyPolicy.of(Td3.SPEC, context, state);
    }
}
