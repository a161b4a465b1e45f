package dev.limber.algorithms.ddpg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.state.State;
import dev.limber.learning.tensor.TensorContext;
import java.util.function.Function;

/// Deep deterministic policy gradient.
///
/// The critic learns what an action is worth, by looking one step ahead with slowly following targets; the actor climbs
/// what the critic thinks of its actions.
///
/// Source: Lillicrap et al., "Continuous control with deep reinforcement learning", 2016, algorithm 1.
final class Ddpg extends ReplayLearner {

    static final LearnerSpec SPEC = new LearnerSpec("ddpg", 1, 1, true);

    private final AddedNoise addedNoise;

    Ddpg(AlgorithmContext context, DdpgSettings options) {
        this(context, options, TensorContext::open);
    }

    Ddpg(AlgorithmContext context, DdpgSettings options, Function<ai.djl.Device, TensorContext> engine) {
        this(context, options, engine, true);
    }

    /// As it was when a state was saved.
    static Algorithm restored(AlgorithmContext context, DdpgSettings options, State state) {
        return new Ddpg(context, options, TensorContext::open, false).restored(state);
    }

    private Ddpg(AlgorithmContext context, DdpgSettings options, Function<ai.djl.Device, TensorContext> engine,
            boolean drawn) {
        super(SPEC, context, ReplaySettings.of(options), engine, drawn);
        addedNoise = new AddedNoise(options.noise(), context.metrics());
        learnIn(Part::new);
    }

    /// mu(o) + noise.
    @Override
    void explore(float[] observations, float[] target) {
        addedNoise.explore(actorOutputs(observations), noise().normal(), target);
    }

    @Override
    void learn(long update) {
        learnCritics(update);
        if (update % settings().policyDelay() == 0) {
            learnActor(update);
            actor().follow(settings().tau());
            critics().follow(settings().tau());
        }
    }

    private final class Part extends BatchPart {

        Part(int index, TensorContext tensors) {
            super(Ddpg.this, index, tensors);
        }

        /// Of `(Q(o, a) - (r + gamma Q'(o', mu'(o'))))^2`.
        @Override
        void differentiateCritics() {
            try (var scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray next = batch.nextObservations();
                NDArray nextValue = critics.target(0, next.concat(actor.target(0, next).tanh(), 1));
                NDArray target = nextValue.mul(batch.discounts()).add(batch.rewards());
                NDArray values = critics.learning(0, batch.observations().concat(batch.actions(), 1));
                NDArray loss = values.sub(target).square().mean();
                critics.backward(loss);
                criticLoss = loss.getFloat();
                value = values.mean().getFloat();
            }
        }

        /// Of `-Q(o, mu(o))`, by the actor alone.
        @Override
        void differentiateActor() {
            try (var scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray observations = batch.observations();
                NDArray actions = actor.learning(0, observations).tanh();
                NDArray loss = critics.frozen(0, observations.concat(actions, 1)).mean().neg();
                actor.backward(loss);
                actorLoss = loss.getFloat();
            }
        }
    }
}
