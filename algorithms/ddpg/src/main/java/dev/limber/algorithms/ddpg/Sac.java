package dev.limber.algorithms.ddpg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.metrics.Metric;
import dev.limber.api.metrics.Metrics;
import dev.limber.api.state.State;
import dev.limber.learning.network.Parameters;
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

    static final String NAME = "sac";
    /// A mean and the logarithm of a standard deviation.
    static final int OUTPUTS_PER_ACTION = 2;

    private final EntropyCoefficient entropyCoefficient;
    private final float[] normal;
    private final Part[] parts;
    private final Parameters[] actorParts;
    private final Parameters[] criticParts;

    private final Metric criticLossMetric;
    private final Metric criticValueMetric;
    private final Metric criticGradientMetric;
    private final Metric actorLossMetric;
    private final Metric actorGradientMetric;
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
        super(NAME, context, ReplaySettings.of(options), OUTPUTS_PER_ACTION, 2, engine, drawn);
        entropyCoefficient = part("entropy", new EntropyCoefficient(options.entropy(), options.autoEntropy(),
                options.targetEntropy() * actionSize()));
        normal = new float[rowsPerPart() * actionSize()];
        parts = new Part[workers().count()];
        actorParts = new Parameters[parts.length];
        criticParts = new Parameters[parts.length];
        workers().each(part -> parts[part] = new Part(part));

        Metrics metrics = context.metrics();
        criticLossMetric = metrics.mean("critic/loss",
                "sum over the critics of the mean squared error against their target [reward^2]");
        criticValueMetric = metrics.mean("critic/value",
                "what the first critic thinks remembered actions are worth, on average, entropy included [reward]");
        criticGradientMetric = metrics.mean("critic/gradient", "Euclidean norm of the critics' gradient");
        actorLossMetric = metrics.mean("actor/loss",
                "minus what the critics think the actor's actions and their randomness are worth [reward]; falls as the policy improves");
        actorGradientMetric = metrics.mean("actor/gradient", "Euclidean norm of the actor's gradient");
        entropyMetric = metrics.mean("policy/entropy",
                "entropy of the policy, of actions scaled to -1 to 1 [nat]; settles at the target where the coefficient is learned");
        coefficientMetric = metrics.last("entropy/coefficient",
                "what a nat of entropy is worth [reward]; falls as the policy becomes sure");
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
        for (Part part : parts) {
            draw(part.nextNoise);
        }
        workers().each(part -> parts[part].differentiateCritics());
        double criticLoss = 0;
        double value = 0;
        for (Part part : parts) {
            criticLoss += part.criticLoss / parts.length;
            value += part.value / parts.length;
        }
        criticLossMetric.add(Divergence.check("critic loss", criticLoss, update));
        criticValueMetric.add(value);
        criticGradientMetric.add(critics().step(criticParts, learningRate(), update));
        critics().follow(settings().tau());

        if (update % settings().policyDelay() == 0) {
            parametersChanged();
            for (Part part : parts) {
                draw(part.noise);
            }
            workers().each(part -> parts[part].differentiateActor());
            double actorLoss = 0;
            double entropy = 0;
            for (Part part : parts) {
                actorLoss += part.actorLoss / parts.length;
                entropy += part.entropy / parts.length;
            }
            actorLossMetric.add(Divergence.check("actor loss", actorLoss, update));
            actorGradientMetric.add(actor().step(actorParts, learningRate(), update));
            actorChanged();
            entropyMetric.add(entropy);
            entropyCoefficient.learn(entropy, learningRate());
            coefficientMetric.add(Divergence.check("entropy coefficient", entropyCoefficient.value(), update));
        }
        parametersChanged();
    }

    private void draw(HostTensor noise) {
        for (int i = 0; i < normal.length; i++) {
            normal[i] = (float) random().nextGaussian();
        }
        noise.put(0, normal);
    }

    @Override
    void parametersChanged() {
        for (Part part : parts) {
            part.actor.refresh();
            part.critics.refresh();
        }
    }

    /// The part of the batch that one thread differentiates.
    private final class Part {

        private final Minibatch batch;
        private final HostTensor noise;
        private final HostTensor nextNoise;
        private final NetworkTensors actor;
        private final NetworkTensors critics;
        private double criticLoss;
        private double value;
        private double actorLoss;
        private double entropy;

        Part(int index) {
            TensorContext tensors = openTensors(index);
            batch = minibatch(index);
            noise = new HostTensor(tensors, rowsPerPart(), actionSize());
            nextNoise = new HostTensor(tensors, rowsPerPart(), actionSize());
            actorParts[index] = actor().view(index);
            criticParts[index] = critics().view(index);
            actor = new NetworkTensors(tensors, actor(), actorParts[index]);
            critics = new NetworkTensors(tensors, critics(), criticParts[index]);
        }

        /// Of `sum_i (Q_i(o, a) - (r + gamma (min_j Q'_j(o', a') - alpha log pi(a'|o'))))^2` with a' drawn from the policy.
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
                entropy = -drawn.logProbability().mean().getFloat();
            }
        }
    }
}
