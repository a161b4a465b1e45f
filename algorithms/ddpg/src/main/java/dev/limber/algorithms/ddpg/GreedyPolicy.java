package dev.limber.algorithms.ddpg;

import dev.limber.api.algorithm.PolicyContext;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.policy.Policy;
import dev.limber.api.space.Box;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import dev.limber.learning.inference.MlpForward;
import dev.limber.learning.network.MlpSpec;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;

/// Takes the actor's action, or the middle of its distribution, in plain Java.
final class GreedyPolicy implements Policy {

    private final MlpForward actor;
    private final ActionRange range;
    private final LongSupplier version;
    private final int copies;
    private final int stride;
    private final float[] outputs;
    private long seen;

    /// @param parameters of the actor, which may change
    /// @param version changes whenever the parameters do
    GreedyPolicy(MlpSpec spec, Box action, int copies, MemorySegment parameters, LongSupplier version) {
        this.actor = new MlpForward(spec, parameters);
        this.range = new ActionRange(action);
        this.version = version;
        this.copies = copies;
        stride = spec.outputs();
        outputs = new float[copies * stride];
        seen = version.getAsLong();
    }

    /// The policy that a learner saved.
    static GreedyPolicy of(LearnerSpec learner, PolicyContext context, State state) {
        EnvironmentSpec environment = context.environment();
        Networks.check(learner.name(), environment);
        state.expect(ReplayLearner.schema(learner.name()), ReplayLearner.VERSION);
        MlpSpec actor = Networks.described(state, environment, learner.outputsPerAction()).actor();
        Tensor parameters = Network.parameters(state.state("actor"), actor);
        return new GreedyPolicy(actor, (Box) environment.action(), context.copies(), parameters.memory(), () -> 0);
    }

    @Override
    public void act(Observations observations, boolean[] starts, float[] actions) {
        long now = version.getAsLong();
        if (now != seen) {
            actor.refresh();
            seen = now;
        }
        actor.forward(observations.values(), copies, outputs);
        for (int copy = 0; copy < copies; copy++) {
            for (int i = 0; i < range.size(); i++) {
                // SAC's actor gives means first, then deviations.
                actions[copy * range.size() + i] = (float) Math.tanh(outputs[copy * stride + i]);
            }
        }
        range.toEnvironment(actions, copies, actions);
    }
}
