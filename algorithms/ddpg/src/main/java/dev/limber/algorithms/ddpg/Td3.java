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

    static final String NAME = "td3";
    static final int OUTPUTS_PER_ACTION = 1;

    private final double deviation;
    private final double targetDeviation;
    private final double targetLimit;
    private final float[] targetNoise;
    private final Part[] parts;
    private final Parameters[] actorParts;
    private final Parameters[] criticParts;

    private final Metric criticLossMetric;
    private final Metric criticValueMetric;
    private final Metric criticGradientMetric;
    private final Metric actorLossMetric;
    private final Metric actorGradientMetric;
    private final Metric noiseMetric;

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
        super(NAME, context, ReplaySettings.of(options), OUTPUTS_PER_ACTION, 2, engine, drawn);
        deviation = options.noise();
        targetDeviation = options.targetNoise();
        targetLimit = options.targetNoiseClip();
        targetNoise = new float[rowsPerPart() * actionSize()];
        parts = new Part[workers().count()];
        actorParts = new Parameters[parts.length];
        criticParts = new Parameters[parts.length];
        workers().each(part -> parts[part] = new Part(part));

        Metrics metrics = context.metrics();
        criticLossMetric = metrics.mean("critic/loss",
                "sum over the critics of the mean squared error against their target [reward^2]");
        criticValueMetric = metrics.mean("critic/value",
                "what the first critic thinks remembered actions are worth, on average [reward]");
        criticGradientMetric = metrics.mean("critic/gradient", "Euclidean norm of the critics' gradient");
        actorLossMetric = metrics.mean("actor/loss",
                "minus what the first critic thinks the actor's actions are worth [reward]; falls as the policy improves");
        actorGradientMetric = metrics.mean("actor/gradient", "Euclidean norm of the actor's gradient");
        noiseMetric = metrics.mean("exploration/noise",
                "mean distance of the actions tried from the actor's, within the bounds [halves of the action's range]");
    }

    /// mu(o) + noise.
    @Override
    void explore(float[] observations, float[] target) {
        float[] outputs = actorOutputs(observations);
        float[] normal = noise().normal();
        double distance = 0;
        for (int i = 0; i < target.length; i++) {
            double greedy = Math.tanh(outputs[i]);
            target[i] = (float) Math.clamp(greedy + deviation * normal[i], -1, 1);
            distance += Math.abs(target[i] - greedy);
        }
        noiseMetric.add(distance / target.length);
    }

    @Override
    void learn(long update) {
        for (Part part : parts) {
            for (int i = 0; i < targetNoise.length; i++) {
                targetNoise[i] = (float) Math.clamp(targetDeviation * random().nextGaussian(), -targetLimit,
                        targetLimit);
            }
            part.targetNoise.put(0, targetNoise);
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

        if (update % settings().policyDelay() == 0) {
            parametersChanged();
            workers().each(part -> parts[part].differentiateActor());
            double actorLoss = 0;
            for (Part part : parts) {
                actorLoss += part.actorLoss / parts.length;
            }
            actorLossMetric.add(Divergence.check("actor loss", actorLoss, update));
            actorGradientMetric.add(actor().step(actorParts, learningRate(), update));
            actorChanged();
            actor().follow(settings().tau());
            critics().follow(settings().tau());
        }
        parametersChanged();
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
        private final HostTensor targetNoise;
        private final NetworkTensors actor;
        private final NetworkTensors critics;
        private double criticLoss;
        private double value;
        private double actorLoss;

        Part(int index) {
            TensorContext tensors = openTensors(index);
            batch = minibatch(index);
            targetNoise = new HostTensor(tensors, rowsPerPart(), actionSize());
            actorParts[index] = actor().view(index);
            criticParts[index] = critics().view(index);
            actor = new NetworkTensors(tensors, actor(), actorParts[index]);
            critics = new NetworkTensors(tensors, critics(), criticParts[index]);
        }

        /// Of `sum_i (Q_i(o, a) - (r + gamma min_j Q'_j(o', mu'(o') + noise)))^2`.
        void differentiateCritics() {
            try (var scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray next = batch.nextObservations();
                NDArray nextAction = actor.target(0, next).tanh().add(targetNoise.array()).clip(-1, 1);
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
