package dev.limber.learning.actorcritic;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Image;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.learning.network.Activation;
import dev.limber.learning.network.ConvolutionSpec;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.network.Parameters;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is learned, and where it lies in the flat parameters: the actor, the log standard deviations of continuous
/// actions, the critic, the convolutions that both see pictures through.
///
/// @param actor inputs to logits, or to mean actions
/// @param logStds components of a continuous action; 0 for discrete ones
/// @param critic inputs to value
/// @param convolutions pictures to features, which come before the numbers of the observation among the inputs
record ActorCriticNetworks(MlpSpec actor, int logStds, MlpSpec critic, Optional<ConvolutionSpec> convolutions) {

    static ActorCriticNetworks of(EnvironmentSpec environment, List<Integer> hidden, Activation activation,
            List<ConvolutionSpec.Layer> layers) {
        Optional<ConvolutionSpec> convolutions = environment.image()
                .map(image -> convolutions(environment.name(), image, layers));
        int inputs = convolutions.map(ConvolutionSpec::features).orElse(0) + environment.observation().size();
        int outputs = switch (environment.action()) {
            case Discrete discrete -> discrete.n();
            case Box box -> box.size();
        };
        return new ActorCriticNetworks(new MlpSpec(inputs, hidden, outputs, activation),
                environment.continuous() ? outputs : 0, new MlpSpec(inputs, hidden, 1, activation), convolutions);
    }

    private static ConvolutionSpec convolutions(String name, Image image, List<ConvolutionSpec.Layer> layers) {
        try {
            return new ConvolutionSpec(image, layers);
        } catch (UsageException tooSmall) {
            throw new UsageException(
                    "an actor-critic cannot see the pictures of " + name + ": " + tooSmall.getMessage());
        }
    }

    /// @throws UsageException where an actor-critic cannot learn in such an environment
    static void check(EnvironmentSpec environment) {
        if (!(environment.observation() instanceof Box)) {
            throw new UsageException(
                    "an actor-critic needs observations that are vectors, " + environment.name() + " has "
                            + environment.observation());
        }
    }

    int logStdOffset() {
        return actor.parameterCount();
    }

    int criticOffset() {
        return logStdOffset() + logStds;
    }

    int convolutionOffset() {
        return criticOffset() + critic.parameterCount();
    }

    int parameterCount() {
        return convolutionOffset() + convolutions.map(ConvolutionSpec::parameterCount).orElse(0);
    }

    MemorySegment actorMemory(Parameters parameters) {
        return parameters.memory(0, actor.parameterCount());
    }

    MemorySegment criticMemory(Parameters parameters) {
        return parameters.memory(criticOffset(), critic.parameterCount());
    }

    /// The tensor that a parameter belongs to, for messages.
    String tensorAt(int index) {
        if (index < logStdOffset()) {
            return "actor, " + actor.tensorAt(index);
        }
        if (index < criticOffset()) {
            return "logarithms of the standard deviations";
        }
        return index < convolutionOffset()
                ? "critic, " + critic.tensorAt(index - criticOffset())
                : "convolutions";
    }

    void describe(State state) {
        state.put("hidden", actor.hidden().stream().map(String::valueOf).collect(Collectors.joining(",")))
                .put("activation", actor.activation().toString()).put("inputs", actor.inputs())
                .put("outputs", actor.outputs()).put("continuous", logStds > 0);
        convolutions.ifPresent(spec -> state.put("convolutions",
                spec.layers().stream().map(String::valueOf).collect(Collectors.joining(","))));
    }

    /// The networks that a state holds, for the environment they were trained for.
    ///
    /// @throws IncompatibleStateException where the environment has other spaces
    static ActorCriticNetworks described(State state, EnvironmentSpec environment) {
        var networks = of(environment, MlpSpec.widths(state.text("hidden")),
                Activation.named(state.text("activation")),
                state.has("convolutions") ? ConvolutionSpec.layers(state.text("convolutions")) : List.of());
        if (state.has("convolutions") != networks.convolutions.isPresent()
                || state.integer("inputs") != networks.actor.inputs()
                || state.integer("outputs") != networks.actor.outputs()
                || state.flag("continuous") != networks.logStds > 0) {
            throw new IncompatibleStateException("the state's actor takes " + state.integer("inputs")
                    + " inputs and has " + state.integer("outputs")
                    + (state.flag("continuous") ? " continuous" : " discrete") + " outputs, " + environment.name()
                    + " has observation " + environment.observation() + " and action " + environment.action());
        }
        return networks;
    }
}
