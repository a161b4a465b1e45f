package dev.limber.learning.actorcritic;

import dev.limber.api.environment.Observations;
import dev.limber.api.policy.Policy;
import dev.limber.api.space.Space;
import dev.limber.learning.inference.MlpForward;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;

/// Takes the likeliest action, in plain Java.
final class GreedyPolicy implements Policy {

    private final Perception perception;
    private final MlpForward actor;
    private final Actions actions;
    private final LongSupplier version;
    private final int copies;
    private final float[] outputs;
    private long seen;

    /// @param parameters of the networks, which may change
    /// @param version changes whenever the parameters do
    GreedyPolicy(ActorCriticNetworks networks, Space action, int copies, MemorySegment parameters,
            LongSupplier version) {
        this.perception = new Perception(networks, copies, parameters);
        this.actor = new MlpForward(networks.actor(), parameters);
        this.actions = Actions.of(action);
        this.version = version;
        this.copies = copies;
        outputs = new float[copies * networks.actor().outputs()];
        seen = version.getAsLong();
    }

    @Override
    public void act(Observations observations, boolean[] starts, float[] target) {
        long now = version.getAsLong();
        if (now != seen) {
            perception.refresh();
            actor.refresh();
            seen = now;
        }
        actor.forward(perception.inputs(observations), copies, outputs);
        actions.greedy(outputs, copies, target);
        actions.toEnvironment(target, copies, target);
    }
}
