package dev.limber.algorithms.a2c;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.PolicyContext;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import dev.limber.learning.network.Activation;
import dev.limber.learning.network.ConvolutionSpec;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.schedule.Schedule;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// Builds A2C learners and their policies.
@Component
@Plugin(name = "a2c", description = "advantage actor-critic, for discrete and continuous actions")
@Designate(ocd = A2cSettings.class)
public final class A2cFactory implements AlgorithmFactory {

    @Override
    public void check(EnvironmentSpec environment, Options options) {
        ActorCritic.check(environment);
        var settings = options.as(A2cSettings.class);
        ActorCritic.of(environment, MlpSpec.widths(settings.hidden()), Activation.named(settings.activation()),
                ConvolutionSpec.layers(settings.convolutions()));
        Schedule.named(settings.schedule());
        if (!settings.optimizer().equals("adam") && !settings.optimizer().equals("rmsprop")) {
            throw new UsageException("there is no optimizer '" + settings.optimizer() + "', use adam or rmsprop");
        }
    }

    @Override
    public Tuning tuning(EnvironmentSpec environment) {
        return A2cTuning.of(environment);
    }

    @Override
    public Algorithm create(AlgorithmContext context) {
        check(context.environment().spec(), context.options());
        return new A2c(context);
    }

    @Override
    public Policy policy(PolicyContext context, State state) {
        EnvironmentSpec environment = context.environment();
        ActorCritic.check(environment);
        var networks = ActorCritic.described(state.expect(A2c.SCHEMA, A2c.VERSION), environment);
        Tensor parameters = state.tensor("parameters", Tensor.Type.FLOAT32, networks.parameterCount());
        return new GreedyPolicy(networks, environment.action(), context.copies(), parameters.memory(), () -> 0);
    }
}
