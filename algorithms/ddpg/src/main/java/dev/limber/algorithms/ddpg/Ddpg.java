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
import dev.limber.learning.tensor.TensorContext;
import java.util.function.Function;

/// Deep deterministic policy gradient.
///
/// The critic learns what an action is worth, by looking one step ahead with slowly following targets; the actor climbs
/// what the critic thinks of its actions.
///
/// Source: Lillicrap et al., "Continuous control with deep reinforcement learning", 2016, algorithm 1.
final class Ddpg extends ReplayLearner {

    static final String NAME = "ddpg";
    static final int OUTPUTS_PER_ACTION = 1;

    private final double deviation;
    private final Part[] parts;
    private final Parameters[] actorParts;
    private final Parameters[] criticParts;

    private final Metric criticLossMetric;
    private final Metric criticValueMetric;
    private final Metric criticGradientMetric;
    private final Metric actorLossMetric;
    private final Metric actorGradientMetric;
    private final Metric noiseMetric;

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
        super(NAME, context, ReplaySettings.of(options), OUTPUTS_PER_ACTION, 1, engine, drawn);
        deviation = options.noise();
        parts = new Part[workers().count()];
        actorParts = new Parameters[parts.length];
        criticParts = new Parameters[parts.length];
        workers().each(part -> parts[part] = new Part(part));

        Metrics metrics = context.metrics();
        criticLossMetric = metrics.mean("critic/loss",
                "mean squared error of the critic against its target [reward^2]");
        criticValueMetric = metrics.mean("critic/value",
                "what the critic thinks remembered actions are worth, on average [reward]; far above the returns it is deluded");
        criticGradientMetric = metrics.mean("critic/gradient", "Euclidean norm of the critic's gradient");
        actorLossMetric = metrics.mean("actor/loss",
                "minus what the critic thinks the actor's actions are worth [reward]; falls as the policy improves");
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
        workers().each(part -> parts[part].differentiateCritic());
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
            part.critic.refresh();
        }
    }

    /// The part of the batch that one thread differentiates.
    private final class Part {

        private final Minibatch batch;
        private final NetworkTensors actor;
        private final NetworkTensors critic;
        private double criticLoss;
        private double value;
        private double actorLoss;

        Part(int index) {
            TensorContext tensors = openTensors(index);
            batch = minibatch(index);
            actorParts[index] = actor().view(index);
            criticParts[index] = critics().view(index);
            actor = new NetworkTensors(tensors, actor(), actorParts[index]);
            critic = new NetworkTensors(tensors, critics(), criticParts[index]);
        }

        /// Of `(Q(o, a) - (r + gamma Q'(o', mu'(o'))))^2`.
        void differentiateCritic() {
            try (var scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray next = batch.nextObservations();
                NDArray nextValue = critic.target(0, next.concat(actor.target(0, next).tanh(), 1));
                NDArray target = nextValue.mul(batch.discounts()).add(batch.rewards());
                NDArray values = critic.learning(0, batch.observations().concat(batch.actions(), 1));
                NDArray loss = values.sub(target).square().mean();
                critic.backward(loss);
                criticLoss = loss.getFloat();
                value = values.mean().getFloat();
            }
        }

        /// Of `-Q(o, mu(o))`, by the actor alone.
        void differentiateActor() {
            try (var scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray observations = batch.observations();
                NDArray actions = actor.learning(0, observations).tanh();
                NDArray loss = critic.frozen(0, observations.concat(actions, 1)).mean().neg();
                actor.backward(loss);
                actorLoss = loss.getFloat();
            }
        }
    }
}
