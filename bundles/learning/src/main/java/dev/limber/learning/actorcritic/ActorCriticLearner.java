package dev.limber.learning.actorcritic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.PolicyContext;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.metrics.Metric;
import dev.limber.api.metrics.Metrics;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import dev.limber.learning.inference.MlpForward;
import dev.limber.learning.network.Activation;
import dev.limber.learning.network.ConvolutionSpec;
import dev.limber.learning.network.MlpSpec;
import dev.limber.learning.network.Parameters;
import dev.limber.learning.normalization.ReturnScaler;
import dev.limber.learning.optimizer.Adam;
import dev.limber.learning.optimizer.Divergence;
import dev.limber.learning.optimizer.ExplosionWatch;
import dev.limber.learning.optimizer.GradientNorm;
import dev.limber.learning.optimizer.Optimizer;
import dev.limber.learning.optimizer.RmsProp;
import dev.limber.learning.returns.GeneralizedAdvantage;
import dev.limber.learning.schedule.Schedule;
import dev.limber.learning.tensor.CategoricalTensors;
import dev.limber.learning.tensor.Devices;
import dev.limber.learning.tensor.GaussianTensors;
import dev.limber.learning.tensor.HostTensor;
import dev.limber.learning.tensor.Mlp;
import dev.limber.learning.tensor.ParameterTensors;
import dev.limber.learning.tensor.TensorContext;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Advantage actor-critic with synchronous copies, which learns by a loss of the caller's choice.
///
/// An iteration takes `rollout` steps in every copy with the policy as it is, and then one gradient step on all of them.
/// Learners with other losses take over each other's states.
///
/// Source: Mnih et al., "Asynchronous Methods for Deep Reinforcement Learning", 2016, algorithm S3, without the
/// asynchrony, and with generalised advantages (Schulman et al., 2016).
public final class ActorCriticLearner implements Algorithm {

    /// Where it was first written; saved runs have it.
    private static final String SCHEMA = "dev.limber.algorithms.a2c";
    private static final int VERSION = 2;

    private static final double REWARD_CLIP = 10;
    private static final double EPSILON = 1e-5;

    private final AlgorithmContext context;
    private final EnvironmentSpec spec;
    private final int copies;

    private final int steps;
    private final double lr;
    private final Schedule schedule;
    private final double maxGradient;
    private final ActorCriticLoss loss;
    private final boolean normalizeAdvantage;
    private final boolean normalizeReward;
    private final GeneralizedAdvantage advantage;

    // What is learned, and the rest of the state.
    private final ActorCriticNetworks networks;
    private final Parameters parameters;
    private final Optimizer optimizer;
    private final ReturnScaler rewardScaler;
    private final ExplosionWatch explosions;
    private final SeededRandom random;
    private long updates;

    // Acting, in plain Java.
    private final Actions actions;
    private final Perception perception;
    private final MlpForward actor;
    private final MlpForward critic;
    private final float[] logStd;

    // Learning, with DJL.
    private final TensorContext tensors;
    private final ParameterTensors parameterTensors;
    private final Mlp actorTensors;
    private final Mlp criticTensors;
    private final NDArray logStdTensor;
    private final RolloutObservations rolloutObservations;
    private final HostTensor actionTensor;
    private final HostTensor advantageTensor;
    private final HostTensor returnTensor;

    // The rollout, and buffers of one step.
    private final Rollout rollout;
    private final float[] actorOutputs;
    private final float[] learnedActions;
    private final float[] environmentActions;
    private final float[] stepValues;
    private final float[] stepRewards;

    private final Metric policyLossMetric;
    private final Metric valueLossMetric;
    private final Metric entropyMetric;
    private final Metric gradientMetric;
    private final Metric weightsMetric;
    private final Metric explainedMetric;
    private final Metric lrMetric;

    private boolean closed;

    /// Starts with weights that are drawn.
    ///
    /// @param options what [ActorCriticSettings] names, those of the plug-in filled in by [Options#withDefaults]
    /// @param loss what it minimises
    public ActorCriticLearner(AlgorithmContext context, Options options, ActorCriticLoss loss) {
        this(context, options, loss, true);
    }

    /// As it was when a state was saved: the same as making one and restoring it, but sooner.
    ///
    /// @param options what [ActorCriticSettings] names, those of the plug-in filled in by [Options#withDefaults]
    /// @param loss what it minimises
    public static ActorCriticLearner restored(AlgorithmContext context, Options options, ActorCriticLoss loss,
            State state) {
        var learner = new ActorCriticLearner(context, options, loss, false);
        try {
            learner.take(state);
            return learner;
        } catch (RuntimeException | Error e) {
            learner.close();
            throw e;
        }
    }

    /// @param drawn true where the weights are to be drawn, false where they will be restored
    private ActorCriticLearner(AlgorithmContext context, Options options, ActorCriticLoss loss, boolean drawn) {
        check(context.environment().spec(), options);
        this.context = context;
        this.loss = loss;
        spec = context.environment().spec();
        copies = context.environment().copies();
        var settings = options.as(ActorCriticSettings.class);
        steps = settings.rollout();
        lr = settings.lr();
        schedule = Schedule.named(settings.schedule());
        maxGradient = settings.maxGradient();
        normalizeAdvantage = settings.normalizeAdvantage();
        normalizeReward = settings.normalizeReward();
        advantage = new GeneralizedAdvantage(settings.gamma(), settings.lambda());

        networks = ActorCriticNetworks.of(spec, MlpSpec.widths(settings.hidden()),
                Activation.named(settings.activation()), ConvolutionSpec.layers(settings.convolutions()));
        parameters = new Parameters(networks.parameterCount());
        if (drawn) {
            InitialParameters.draw(networks, settings.logStd(),
                    new SeededRandom(SeededRandom.childSeed(context.seed(), 0)), parameters);
        }
        optimizer = "adam".equals(settings.optimizer())
                ? new Adam(parameters.count(), 0.9, 0.999, EPSILON)
                : new RmsProp(parameters.count(), 0.99, EPSILON);
        rewardScaler = new ReturnScaler(copies, settings.gamma(), REWARD_CLIP, 1e-8);
        explosions = new ExplosionWatch(settings.gamma(), context::note);
        random = new SeededRandom(SeededRandom.childSeed(context.seed(), 1));

        actions = Actions.of(spec.action());
        perception = new Perception(networks, copies, parameters.memory());
        actor = new MlpForward(networks.actor(), networks.actorMemory(parameters));
        critic = new MlpForward(networks.critic(), networks.criticMemory(parameters));
        logStd = new float[networks.logStds()];
        readLogStd();

        int rows = steps * copies;
        tensors = TensorContext.open(Devices.choose(context.device(), false, context::note));
        parameterTensors = new ParameterTensors(tensors, parameters);
        actorTensors = Mlp.learning(networks.actor(), parameterTensors, 0);
        criticTensors = Mlp.learning(networks.critic(), parameterTensors, networks.criticOffset());
        logStdTensor = networks.logStds() > 0
                ? parameterTensors.leaf(networks.logStdOffset(), networks.logStds())
                : parameterTensors.constant(0, 1);
        rolloutObservations = new RolloutObservations(networks, spec, rows, tensors, parameterTensors);
        actionTensor = new HostTensor(tensors, rows, actions.size());
        advantageTensor = new HostTensor(tensors, rows, 1);
        returnTensor = new HostTensor(tensors, rows, 1);

        rollout = new Rollout(steps, copies);
        actorOutputs = new float[copies * networks.actor().outputs()];
        learnedActions = new float[copies * actions.size()];
        environmentActions = new float[copies * actions.size()];
        stepValues = new float[copies];
        stepRewards = new float[copies];

        Metrics metrics = context.metrics();
        policyLossMetric = explosions.slope("policy/loss",
                metrics.mean("policy/loss", "the policy's part of the loss; near 0, it need not fall"));
        valueLossMetric = explosions.squaredError("value/loss",
                metrics.mean("value/loss", "the critic's part of the loss, a mean squared error [reward^2]"));
        entropyMetric = metrics.mean("policy/entropy",
                "mean entropy of the policy [nat]; falls as it makes up its mind");
        gradientMetric = explosions.slope("update/gradient",
                metrics.mean("update/gradient", "Euclidean length of the gradient before clipping"));
        weightsMetric = explosions.size("update/weights",
                metrics.last("update/weights", "Euclidean length of all parameters; rises slowly"),
                parameters.length());
        explainedMetric = metrics.mean("value/explained",
                "part of the returns' variance that the critic explains; 1 is all, below 0 is worse than a constant");
        lrMetric = metrics.last("update/lr", "learning rate");
    }

    /// @throws UsageException naming the option or the space that does not do
    public static void check(EnvironmentSpec environment, Options options) {
        ActorCriticNetworks.check(environment);
        var settings = options.as(ActorCriticSettings.class);
        ActorCriticNetworks.of(environment, MlpSpec.widths(settings.hidden()),
                Activation.named(settings.activation()), ConvolutionSpec.layers(settings.convolutions()));
        Schedule.named(settings.schedule());
        if (!settings.optimizer().equals("adam") && !settings.optimizer().equals("rmsprop")) {
            throw new UsageException("there is no optimizer '" + settings.optimizer() + "', use adam or rmsprop");
        }
    }

    /// The policy that takes the likeliest action, of a saved state.
    public static Policy policy(PolicyContext context, State state) {
        EnvironmentSpec environment = context.environment();
        ActorCriticNetworks.check(environment);
        var networks = ActorCriticNetworks.described(state.expect(SCHEMA, VERSION), environment);
        Tensor parameters = state.tensor("parameters", Tensor.Type.FLOAT32, networks.parameterCount());
        return new GreedyPolicy(networks, environment.action(), context.copies(), parameters.memory(), () -> 0);
    }

    @Override
    public void iterate() {
        checkOpen();
        collect();
        if (updates == 0) {
            learnWhatPicturesLookLike();
        }
        learn();
    }

    /// Takes the mean of the first rollout's pictures for what pictures look like from then on.
    private void learnWhatPicturesLookLike() {
        networks.convolutions().ifPresent(convolutions -> {
            PictureMoments.measure(convolutions, rolloutObservations.pixels(),
                    parameters.memory(networks.convolutionOffset(), convolutions.offset(0)));
            parametersChanged();
        });
    }

    /// Takes `rollout` steps in every copy.
    private void collect() {
        Environment environment = context.environment();
        for (int t = 0; t < steps; t++) {
            int row = t * copies;
            Observations observations = environment.observations();
            float[] inputs = see(observations);

            // The log-probability belongs to the action that was drawn, not to what is left of it after the environment
            // has clipped it to its bounds; the drawn one is kept.
            actor.forward(inputs, copies, actorOutputs);
            actions.sample(actorOutputs, logStd, copies, random, learnedActions);
            actions.toEnvironment(learnedActions, copies, environmentActions);
            critic.forward(inputs, copies, stepValues);
            rolloutObservations.put(row, observations);
            actionTensor.put(row * actions.size(), learnedActions);

            environment.step(environmentActions);
            float[] rewards = environment.rewards();
            Divergence.checkGiven("reward", rewards, copies, spec.name());
            if (normalizeReward) {
                rewardScaler.learn(rewards, environment.terminated(), environment.truncated());
                rewardScaler.apply(rewards, stepRewards);
                rewards = stepRewards;
            }
            rollout.put(row, stepValues, rewards, environment.terminated(), environment.truncated());

            // An episode that was only cut short would have gone on: what it would still have got is the value of its
            // final observation. observations() holds the first one of the next episode by now.
            if (any(environment.truncated())) {
                critic.forward(perception.inputs(environment.finalObservations()), copies, stepValues);
                rollout.putFinalValues(row, stepValues);
            }
        }
        critic.forward(see(environment.observations()), copies, stepValues);
        rollout.putLastValues(stepValues);
    }

    /// What actor and critic take of observations.
    private float[] see(Observations observations) {
        Divergence.checkGiven("observation", observations.values(), copies, spec.name());
        return perception.inputs(observations);
    }

    /// Takes one gradient step on the rollout.
    private void learn() {
        updates++;
        explosions.rewards(rollout.rewards());
        rollout.estimate(advantage);
        explainedMetric.add(rollout.explainedVariance());
        if (normalizeAdvantage) {
            rollout.normalizeAdvantages();
        }
        advantageTensor.put(0, rollout.advantages());
        returnTensor.put(0, rollout.returns());

        double policyLoss;
        double valueLoss;
        double entropy;
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray inputs = rolloutObservations.inputs();
            NDArray output = actorTensors.forward(inputs);
            NDArray logProbability;
            NDArray policyEntropy;
            if (networks.logStds() == 0) {
                var distribution = CategoricalTensors.ofLogits(output);
                logProbability = distribution.logProbability(actionTensor.array());
                policyEntropy = distribution.entropy();
            } else {
                var distribution = new GaussianTensors(output, logStdTensor);
                logProbability = distribution.logProbability(actionTensor.array());
                policyEntropy = distribution.entropy();
            }
            var losses = loss.of(new RolloutTensors(logProbability, policyEntropy, advantageTensor.array(),
                    criticTensors.forward(inputs), returnTensor.array()), context.progress());
            parameterTensors.backward(losses.total());
            policyLoss = losses.policy().getFloat();
            valueLoss = losses.value().getFloat();
            entropy = policyEntropy.getFloat();
        }
        Divergence.check("policy loss", policyLoss, updates);
        Divergence.check("value loss", valueLoss, updates);
        double norm = Divergence.check("gradient", GradientNorm.clip(parameters.gradient(), maxGradient),
                MemorySegment.ofArray(parameters.gradient()), networks::tensorAt, updates);
        double rate = lr * schedule.factor(context.progress().fraction());
        optimizer.step(parameters, rate);
        double weights = Divergence.check("value", parameters.length(), parameters.memory(), networks::tensorAt,
                updates);
        parametersChanged();

        policyLossMetric.add(policyLoss);
        valueLossMetric.add(valueLoss);
        entropyMetric.add(entropy);
        gradientMetric.add(norm);
        weightsMetric.add(weights);
        lrMetric.add(rate);
    }

    private void parametersChanged() {
        parameterTensors.refresh();
        perception.refresh();
        actor.refresh();
        critic.refresh();
        readLogStd();
    }

    private void readLogStd() {
        for (int i = 0; i < logStd.length; i++) {
            logStd[i] = parameters.memory().getAtIndex(ValueLayout.JAVA_FLOAT, networks.logStdOffset() + i);
        }
    }

    private static boolean any(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Policy policy(int rows) {
        checkOpen();
        return new GreedyPolicy(networks, spec.action(), rows, parameters.memory(), () -> updates);
    }

    @Override
    public State save() {
        checkOpen();
        var state = new State(SCHEMA, VERSION);
        networks.describe(state);
        var randomState = new long[4];
        random.save(randomState, 0);
        return state.put("parameters", parameters.save()).put("optimizer", optimizer.save())
                .put("rewards", rewardScaler.save()).put("explosions", explosions.save()).put("random", randomState)
                .put("updates", updates);
    }

    @Override
    public void restore(State state) {
        checkOpen();
        State before = save();
        try {
            take(state);
        } catch (IncompatibleStateException e) {
            take(before);
            throw e;
        }
    }

    private void take(State state) {
        var saved = ActorCriticNetworks.described(state.expect(SCHEMA, VERSION), spec);
        if (!saved.equals(networks)) {
            throw new IncompatibleStateException(
                    "the state's actor is " + saved.actor() + ", the one to restore it into is "
                            + networks.actor());
        }
        var randomState = new long[4];
        state.read("random", randomState);
        Tensor weights = state.tensor("parameters", Tensor.Type.FLOAT32, parameters.count());
        optimizer.restore(state.state("optimizer"));
        rewardScaler.restore(state.state("rewards"));
        explosions.restore(state.state("explosions"));
        updates = state.integer("updates");
        random.restore(randomState, 0);
        parameters.restore(weights);
        parametersChanged();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the learner is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        tensors.close();
    }
}
