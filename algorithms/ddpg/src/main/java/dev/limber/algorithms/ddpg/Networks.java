package dev.limber.algorithms.ddpg;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.space.Box;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.learning.network.Activation;
import dev.limber.learning.network.MlpSpec;
import java.util.List;
import java.util.stream.Collectors;

/// The shapes of what is learned.
///
/// @param actor observation to what an action is made of
/// @param critic observation and action to value
record Networks(MlpSpec actor, MlpSpec critic) {

    /// @param outputsPerAction numbers the actor gives for each component of an action
    static Networks of(EnvironmentSpec environment, List<Integer> hidden, int outputsPerAction) {
        int observation = environment.observation().size();
        int action = environment.action().size();
        return new Networks(new MlpSpec(observation, hidden, outputsPerAction * action, Activation.RELU),
                new MlpSpec(observation + action, hidden, 1, Activation.RELU));
    }

    /// @param algorithm the name users type
    /// @throws UsageException where such algorithms cannot learn in the environment
    static void check(String algorithm, EnvironmentSpec environment) {
        if (!(environment.action() instanceof Box actions)) {
            throw new UsageException(algorithm + " needs continuous actions, " + environment.name() + " has "
                    + environment.action());
        }
        if (!actions.bounded()) {
            throw new UsageException(algorithm + " needs actions with finite bounds, those of " + environment.name()
                    + " have none");
        }
        if (environment.image().isPresent()) {
            throw new UsageException(algorithm + " learns from vectors, " + environment.name() + " shows pictures");
        }
        if (!(environment.observation() instanceof Box)) {
            throw new UsageException(algorithm + " needs observations that are vectors, " + environment.name()
                    + " has " + environment.observation());
        }
    }

    void describe(State state) {
        state.put("hidden", actor.hidden().stream().map(String::valueOf).collect(Collectors.joining(",")))
                .put("inputs", actor.inputs()).put("outputs", actor.outputs());
    }

    /// The networks that a state holds, for the environment they were trained for.
    ///
    /// @throws IncompatibleStateException where the environment has other spaces
    static Networks described(State state, EnvironmentSpec environment, int outputsPerAction) {
        var networks = of(environment, MlpSpec.widths(state.text("hidden")), outputsPerAction);
        if (state.integer("inputs") != networks.actor.inputs()
                || state.integer("outputs") != networks.actor.outputs()) {
            throw new IncompatibleStateException("the state's actor takes " + state.integer("inputs")
                    + " observations and has " + state.integer("outputs") + " outputs, " + environment.name()
                    + " has observation " + environment.observation() + " and action " + environment.action());
        }
        return networks;
    }
}
