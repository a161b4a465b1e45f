package dev.limber.algorithms.ddpg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.state.State;
import dev.limber.learning.tensor.HostTensor;
import dev.limber.learning.tensor.TensorContext;
import java.util.function.Function;

/// Twin delayed deep deterministic policy gradient: DDPG that does not fool itself.
///
/// Of two critics the target takes the lesser value, so that errors are not climbed; the target's action is blurred, so
/// that narrow peaks of the critics do not count; and the actor learns more seldom than the critics, from values that
/// have settled.
///
/// Source: Fujimoto, van Hoof and Meger, "Addressing Function Approximation Error in Actor-Critic Methods", 2018,
/// algorithm 1.
final class Td3 extends ReplayLearner {

    static final LearnerSpec SPEC = new LearnerSpec("td3", 1, 2, true);

    private final AddedNoise addedNoise;
    private final double targetDeviation;
    private final double targetLimit;
    private final float[] targetNoise;

    Td3(AlgorithmContext context, Td3Settings options) {
        this(context, options, TensorContext::open);
    }

    Td3(AlgorithmContext context, Td3Settings options, Function<ai.djl.Device, TensorContext> engine) {
        this(context, options, engine, true);
    }

    /// As it was when a state was saved.
    static Algorithm restored(AlgorithmContext context, Td3Settings options, State state) {
        return new Td3(context, options, TensorContext::open, false).restored(state);
    }

    private Td3(AlgorithmContext context, Td3Settings options, Function<ai.djl.Device, TensorContext> engine,
            boolean drawn) {
        super(SPEC, context, ReplaySettings.of(options), engine, drawn);
        addedNoise = new AddedNoise(options.noise(), context.metrics());
        targetDeviation = options.targetNoise();
        targetLimit = options.targetNoiseClip();
        targetNoise = new float[rowsPerPart() * actionSize()];
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

        private final HostTensor blur;

        Part(int index, TensorContext tensors) {
            super(Td3.this, index, tensors);
            blur = new HostTensor(tensors, rowsPerPart(), actionSize());
        }

        @Override
        void drawForCritics() {
            for (int i = 0; i < targetNoise.length; i++) {
                targetNoise[i] = (float) Math.clamp(targetDeviation * random().nextGaussian(), -targetLimit,
                        targetLimit);
            }
            blur.put(0, targetNoise);
        }

        /// Of `sum_i (Q_i(o, a) - (r + gamma min_j Q'_j(o', mu'(o') + noise)))^2`.
        @Override
        void differentiateCritics() {
            try (var scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray next = batch.nextObservations();
                NDArray nextAction = actor.target(0, next).tanh().add(blur.array()).clip(-1, 1);
                NDArray nextInput = next.concat(nextAction, 1);
                NDArray nextValue = critics.target(0, nextInput).minimum(critics.target(1, nextInput));
                NDArray target = nextValue.mul(batch.discounts()).add(batch.rewards());
                NDArray input = batch.observations().concat(batch.actions(), 1);
                NDArray values = critics.learning(0, input);
                NDArray loss = values.sub(target).square().mean()
                        .add(critics.learning(1, input).sub(target).square().mean());
                critics.backward(loss);
                criticLoss = loss.getFloat();
                value = values.mean().getFloat();
            }
        }

        /// Of `-Q_1(o, mu(o))`, by the actor alone.
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
