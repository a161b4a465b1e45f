package dev.limber.algorithms.ddpg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.metrics.Metric;
import dev.limber.api.state.State;
import dev.limber.learning.optimizer.Divergence;
import dev.limber.learning.tensor.HostTensor;
import dev.limber.learning.tensor.Scaling;
import dev.limber.learning.tensor.TensorContext;
import java.util.function.Function;

/// Soft actor-critic: earns rewards while staying as random as it can afford, so that it explores by itself.
///
/// Source: Haarnoja et al., "Soft Actor-Critic Algorithms and Applications", 2018, algorithm 1, with twin critics, without
/// a network for state values, and with a learned entropy coefficient.
final class Sac extends ReplayLearner {

    /// The actor gives a mean and the logarithm of a standard deviation.
    static final LearnerSpec SPEC = new LearnerSpec("sac", 2, 2, false);

    private final EntropyCoefficient entropyCoefficient;
    private final float[] normal;
    private final Metric entropyMetric;
    private final Metric coefficientMetric;

    Sac(AlgorithmContext context, SacSettings options) {
        this(context, options, TensorContext::open);
    }

    Sac(AlgorithmContext context, SacSettings options, Function<ai.djl.Device, TensorContext> engine) {
        this(context, options, engine, true);
    }

    /// As it was when a state was saved.
    static Algorithm restored(AlgorithmContext context, SacSettings options, State state) {
        return new Sac(context, options, TensorContext::open, false).restored(state);
    }

    private Sac(AlgorithmContext context, SacSettings options, Function<ai.djl.Device, TensorContext> engine,
            boolean drawn) {
        super(SPEC, context, ReplaySettings.of(options), engine, drawn);
        entropyCoefficient = part("entropy", new EntropyCoefficient(options.entropy(), options.autoEntropy(),
                options.targetEntropy() * actionSize()));
        normal = new float[rowsPerPart() * actionSize()];
        entropyMetric = context.metrics().mean("policy/entropy",
                "entropy of the policy, of actions scaled to -1 to 1 [nat]; settles at the target where the coefficient is learned");
        coefficientMetric = context.metrics().last("entropy/coefficient",
                "what a nat of entropy is worth [reward]; falls as the policy becomes sure");
        learnIn(Part::new);
    }

    /// Draws from the policy.
    @Override
    void explore(float[] observations, float[] target) {
        float[] outputs = actorOutputs(observations);
        float[] drawn = noise().normal();
        int size = actionSize();
        for (int i = 0; i < target.length; i++) {
            int mean = i / size * 2 * size + i % size;
            double logStd = Math.clamp(outputs[mean + size], SquashedGaussian.LEAST_LOG_STD,
                    SquashedGaussian.LARGEST_LOG_STD);
            target[i] = (float) Math.tanh(outputs[mean] + Math.exp(logStd) * drawn[i]);
        }
    }

    @Override
    void learn(long update) {
        learnCritics(update);
        critics().follow(settings().tau());
        if (update % settings().policyDelay() == 0) {
            learnActor(update);
            double entropy = mean(part -> -((Part) part).logProbability);
            entropyMetric.add(entropy);
            entropyCoefficient.learn(entropy, learningRate());
            coefficientMetric.add(Divergence.check("entropy coefficient", entropyCoefficient.value(), update));
            // The critics count entropy as reward.
            explosions().reward(entropyCoefficient.value() * entropy);
        }
    }

    private void draw(HostTensor noise) {
        for (int i = 0; i < normal.length; i++) {
            normal[i] = (float) random().nextGaussian();
        }
        noise.put(0, normal);
    }

    private final class Part extends BatchPart {

        private final HostTensor noise;
        private final HostTensor nextNoise;
        private double logProbability;

        Part(int index, TensorContext tensors) {
            super(Sac.this, index, tensors);
            noise = new HostTensor(tensors, rowsPerPart(), actionSize());
            nextNoise = new HostTensor(tensors, rowsPerPart(), actionSize());
        }

        @Override
        void drawForCritics() {
            draw(nextNoise);
        }

        @Override
        void drawForActor() {
            draw(noise);
        }

        /// Of `sum_i (Q_i(o, a) - (r + gamma (min_j Q'_j(o', a') - alpha log pi(a'|o'))))^2` with a' drawn from the policy.
        @Override
        void differentiateCritics() {
            try (var scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray next = batch.nextObservations();
                var drawn = SquashedGaussian.of(actor.frozen(0, next), nextNoise.array());
                NDArray nextInput = next.concat(drawn.actions(), 1);
                NDArray nextValue = critics.target(0, nextInput).minimum(critics.target(1, nextInput))
                        .sub(Scaling.times(drawn.logProbability(), entropyCoefficient.value()));
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

        /// Of `alpha log pi(a|o) - min_j Q_j(o, a)` with a drawn from the policy, by the actor alone.
        @Override
        void differentiateActor() {
            try (var scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray observations = batch.observations();
                var drawn = SquashedGaussian.of(actor.learning(0, observations), noise.array());
                NDArray input = observations.concat(drawn.actions(), 1);
                NDArray values = critics.frozen(0, input).minimum(critics.frozen(1, input));
                NDArray loss = Scaling.times(drawn.logProbability(), entropyCoefficient.value()).sub(values).mean();
                actor.backward(loss);
                actorLoss = loss.getFloat();
                logProbability = drawn.logProbability().mean().getFloat();
            }
        }
    }
}
