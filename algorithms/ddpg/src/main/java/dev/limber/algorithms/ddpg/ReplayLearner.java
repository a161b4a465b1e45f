package dev.limber.algorithms.ddpg;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.metrics.Metric;
import dev.limber.api.metrics.Metrics;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import dev.limber.learning.inference.MlpForward;
import dev.limber.learning.network.Parameters;
import dev.limber.learning.optimizer.Divergence;
import dev.limber.learning.optimizer.ExplosionWatch;
import dev.limber.learning.replay.Batch;
import dev.limber.learning.replay.ReplayMemory;
import dev.limber.learning.replay.ReplaySpec;
import dev.limber.learning.tensor.Devices;
import dev.limber.learning.tensor.TensorContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What DDPG, TD3 and SAC share: stepping the environment into a replay memory, and as many updates out of it as the
/// steps are due. How they act and what an update is, they say themselves.
///
/// Updates follow the steps of an iteration. Where they overlap, those that a step makes due are done while the environment
/// takes it, out of the memory without it. Between two iterations nothing is under way.
abstract sealed class ReplayLearner implements Algorithm permits Ddpg, Td3, Sac {

    static final int VERSION = 2;

    /// Below so many multiplications per network and batch, [dev.limber.api.algorithm.Device#AUTO] stays on the CPU.
    private static final long GPU_WORK = 1L << 30;

    private final LearnerSpec learner;
    private final AlgorithmContext context;
    private final EnvironmentSpec spec;
    private final int copies;
    private final ReplaySettings settings;

    // What is learned and remembered, and the rest of the state.
    private final Networks networks;
    private final Map<String, Stateful> parts = new LinkedHashMap<>();
    private final Network actor;
    private final Network critics;
    private final ReplayMemory memory;
    private final Noise noise;
    private final SeededRandom random;
    private final ExplosionWatch explosions;
    private long stepsTaken;
    private long updates;
    private double updatesDue;
    private double learningRate;

    // Acting, in plain Java.
    private final ActionRange range;
    private final MlpForward forward;
    private final float[] outputs;
    private final float[] actions;
    private final float[] environmentActions;

    // Learning, on one thread or more; beside the environment where that was asked for.
    private final Optional<Workers> sides;
    private final Function<ai.djl.Device, TensorContext> engine;
    private final ai.djl.Device device;
    private final Batch batch;
    private final Workers workers;
    private final TensorContext[] tensors;
    private final BatchPart[] batchParts;
    private final Parameters[] actorViews;
    private final Parameters[] criticViews;

    private final Metric memoryMetric;
    private final Metric lrMetric;
    private final Metric criticLossMetric;
    private final Metric criticValueMetric;
    private final Metric criticGradientMetric;
    private final Metric criticWeightsMetric;
    private final Metric actorLossMetric;
    private final Metric actorGradientMetric;
    private final Metric actorWeightsMetric;

    private boolean closed;

    /// @param engine opens DJL on a device for the calling thread
    /// @param drawn true where the weights are to be drawn, false where they will be restored
    ReplayLearner(LearnerSpec learner, AlgorithmContext context, ReplaySettings settings,
            Function<ai.djl.Device, TensorContext> engine, boolean drawn) {
        this.engine = engine;
        this.learner = learner;
        this.context = context;
        this.settings = settings;
        spec = context.environment().spec();
        copies = context.environment().copies();

        networks = Networks.of(spec, settings.hidden(), learner.outputsPerAction());
        var initial = new SeededRandom(SeededRandom.childSeed(context.seed(), 0));
        actor = part("actor", new Network("actor", networks.actor(), 1, learner.actorFollowed()));
        critics = part("critic", new Network("critic", networks.critic(), learner.critics(), true));
        if (drawn) {
            actor.draw(initial);
            critics.draw(initial);
        }
        random = new SeededRandom(SeededRandom.childSeed(context.seed(), 1));
        range = new ActionRange((Box) spec.action());
        noise = part("noise", new Noise(copies, range.size(), settings.theta(),
                new SeededRandom(SeededRandom.childSeed(context.seed(), 2))));
        var replay = new ReplaySpec(spec.observation(), Optional.empty(), learnedActions(), copies,
                Math.max(settings.memory(), 4 * copies), 1);
        replay.requireRoom(context.progress().totalSteps());
        memory = part("memory", new ReplayMemory(replay, settings.gamma()));
        explosions = part("explosions", new ExplosionWatch(settings.gamma(), context::note));

        forward = new MlpForward(networks.actor(), actor.memory(0));
        outputs = new float[copies * networks.actor().outputs()];
        actions = new float[copies * range.size()];
        environmentActions = new float[copies * range.size()];

        batch = new Batch(replay, settings.batch());
        long work = (long) settings.batch() * networks.critic().parameterCount();
        device = Devices.choose(context.device(), work >= GPU_WORK, context::note);
        sides = settings.overlap() ? Optional.of(new Workers("updates", 2)) : Optional.empty();
        workers = new Workers("learner", device.isGpu() ? 1 : settings.threads());
        tensors = new TensorContext[workers.count()];
        batchParts = new BatchPart[workers.count()];
        actorViews = new Parameters[workers.count()];
        criticViews = new Parameters[workers.count()];

        Metrics metrics = context.metrics();
        lrMetric = metrics.last("update/lr", "learning rate");
        memoryMetric = metrics.last("memory/transitions", "transitions that can be drawn from the memory");
        criticLossMetric = explosions.squaredError("critic/loss", metrics.mean("critic/loss",
                "mean squared error against the target, summed over the critics [reward^2]"));
        criticValueMetric = explosions.value("critic/value", metrics.mean("critic/value",
                "what the first critic thinks remembered actions are worth, on average [reward]; far above the returns it is deluded"));
        criticGradientMetric = explosions.slope("critic/gradient",
                metrics.mean("critic/gradient", "Euclidean length of the critics' gradient"));
        criticWeightsMetric = explosions.size("critic/weights",
                metrics.last("critic/weights", "Euclidean length of the critics' parameters; rises slowly"),
                critics.weights());
        actorLossMetric = explosions.value("actor/loss", metrics.mean("actor/loss",
                "minus what the critics think the actor's actions are worth [reward]; falls as the policy improves"));
        actorGradientMetric = explosions.slope("actor/gradient",
                metrics.mean("actor/gradient", "Euclidean length of the actor's gradient"));
        actorWeightsMetric = explosions.size("actor/weights",
                metrics.last("actor/weights", "Euclidean length of the actor's parameters; rises slowly"),
                actor.weights());
    }

    static String schema(String name) {
        return "dev.limber.algorithms." + name;
    }

    /// The memory holds actions as they are learned, under the environment's names.
    private Box learnedActions() {
        var one = new float[range.size()];
        Arrays.fill(one, 1);
        return Box.symmetric(one, ((Box) spec.action()).names().toArray(String[]::new));
    }

    /// Makes something part of the state.
    final <T extends Stateful> T part(String partName, T part) {
        parts.put(partName, part);
        return part;
    }

    /// What makes a part of a batch, on the thread that is to differentiate it.
    interface PartFactory {

        BatchPart create(int index, TensorContext tensors);
    }

    /// Opens the engine on every thread and builds the parts of the batch there. The last thing a constructor does.
    final void learnIn(PartFactory factory) {
        besides(() -> {}, () -> workers.each(part -> {
            tensors[part] = engine.apply(device);
            batchParts[part] = factory.create(part, tensors[part]);
        }));
        for (int part = 0; part < batchParts.length; part++) {
            actorViews[part] = batchParts[part].actor.view();
            criticViews[part] = batchParts[part].critics.view();
        }
    }

    /// How many tensors outlast an update.
    final int tensors() {
        int count = 0;
        for (TensorContext opened : tensors) {
            count += opened.tensors();
        }
        return count;
    }

    /// The rows of the batch that belong to one part.
    final Minibatch minibatch(int part, TensorContext opened) {
        int rows = rowsPerPart();
        return new Minibatch(opened, batch, part * rows, rows);
    }

    final int rowsPerPart() {
        return settings.batch() / workers.count();
    }

    final int actionSize() {
        return range.size();
    }

    final ReplaySettings settings() {
        return settings;
    }

    /// Of the updates that are due.
    final double learningRate() {
        return learningRate;
    }

    final Network actor() {
        return actor;
    }

    final Network critics() {
        return critics;
    }

    final Noise noise() {
        return noise;
    }

    /// Randomness of updates.
    final SeededRandom random() {
        return random;
    }

    /// What hears of metrics that run away.
    final ExplosionWatch explosions() {
        return explosions;
    }

    /// What the actor gives for what the copies see, row-major [copies, outputs].
    final float[] actorOutputs(float[] observations) {
        forward.forward(observations, copies, outputs);
        return outputs;
    }

    /// Writes the actions to explore with, -1 to 1 [copies, action].
    abstract void explore(float[] observations, float[] target);

    /// Learns from the batch that has just been drawn.
    ///
    /// @param update its number, from 1 on
    abstract void learn(long update);

    /// Takes a step of the critics down their loss.
    final void learnCritics(long update) {
        for (BatchPart part : batchParts) {
            part.drawForCritics();
        }
        workers.each(part -> batchParts[part].differentiateCritics());
        criticLossMetric.add(Divergence.check("critic loss", mean(part -> part.criticLoss), update));
        criticValueMetric.add(mean(part -> part.value));
        criticGradientMetric.add(critics.step(criticViews, learningRate(), update));
        criticWeightsMetric.add(critics.weights());
        parametersChanged();
    }

    /// Takes a step of the actor down its loss.
    final void learnActor(long update) {
        for (BatchPart part : batchParts) {
            part.drawForActor();
        }
        workers.each(part -> batchParts[part].differentiateActor());
        actorLossMetric.add(Divergence.check("actor loss", mean(part -> part.actorLoss), update));
        actorGradientMetric.add(actor.step(actorViews, learningRate(), update));
        actorWeightsMetric.add(actor.weights());
        forward.refresh();
    }

    /// The mean over the parts of the batch, always taken in the same order.
    final double mean(ToDoubleFunction<BatchPart> number) {
        double sum = 0;
        for (BatchPart part : batchParts) {
            sum += number.applyAsDouble(part) / batchParts.length;
        }
        return sum;
    }

    @Override
    public final void iterate() {
        checkOpen();
        Environment environment = context.environment();
        for (int step = 0; step < settings.steps(); step++) {
            act(environment);
            if (settings.overlap()) {
                prepareUpdates();
                besides(() -> environment.step(environmentActions), this::update);
            } else {
                environment.step(environmentActions);
            }
            remember(environment);
        }
        memoryMetric.add(memory.size());
        if (!settings.overlap()) {
            prepareUpdates();
            update();
        }
    }

    /// Does the first on the calling thread and the second on the thread that updates: at once where those are two.
    private void besides(Runnable environment, Runnable updating) {
        if (sides.isPresent()) {
            sides.get().each(side -> (side == 0 ? environment : updating).run());
        } else {
            environment.run();
            updating.run();
        }
    }

    /// Reads what changes with the environment's steps.
    private void prepareUpdates() {
        learningRate = settings.lr() * settings.schedule().factor(context.progress().fraction());
        lrMetric.add(learningRate);
    }

    /// Does the updates that are due.
    private void update() {
        for (; updatesDue >= 1; updatesDue--) {
            draw();
            learn(++updates);
            parametersChanged();
        }
    }

    /// Draws the batch to learn from.
    final Batch draw() {
        memory.sample(random, batch);
        return batch;
    }

    private void act(Environment environment) {
        float[] observations = environment.observations().values();
        Divergence.checkGiven("observation", observations, copies, spec.name());
        memory.observe(environment.observations());
        if (stepsTaken < settings.warmup()) {
            noise.uniform(actions);
        } else {
            explore(observations, actions);
            Divergence.checkActions(actions, copies, updates);
            updatesDue += copies * settings.ratio();
        }
        range.toEnvironment(actions, copies, environmentActions);
    }

    private void remember(Environment environment) {
        stepsTaken += copies;
        Divergence.checkGiven("reward", environment.rewards(), copies, spec.name());
        Divergence.checkGiven("observation", environment.observations().values(), copies, spec.name());
        checkFinalObservations(environment);
        explosions.rewards(environment.rewards());
        // Where an episode was only cut short its final observation is worth something, where it terminated it is not;
        // the memory gives batches discounts that say so.
        memory.add(actions, environment.rewards(), environment.terminated(), environment.truncated(),
                environment.observations(), environment.finalObservations());
        for (int copy = 0; copy < copies; copy++) {
            if (environment.terminated()[copy] || environment.truncated()[copy]) {
                noise.restart(copy);
            }
        }
    }

    /// Rows of episodes that go on hold no meaning.
    private void checkFinalObservations(Environment environment) {
        int width = spec.observation().size();
        for (int copy = 0; copy < copies; copy++) {
            if (environment.terminated()[copy] || environment.truncated()[copy]) {
                float[] values = environment.finalObservations().values();
                for (int i = copy * width; i < (copy + 1) * width; i++) {
                    if (!Float.isFinite(values[i])) {
                        throw new DivergenceException("final observation " + i % width + " of copy " + copy + " is "
                                + values[i] + "; " + spec.name() + " must give finite numbers");
                    }
                }
            }
        }
    }

    @Override
    public final Policy policy(int rows) {
        checkOpen();
        return new GreedyPolicy(networks.actor(), (Box) spec.action(), rows, actor.memory(0), () -> updates);
    }

    @Override
    public final State save() {
        return state(Stateful::save);
    }

    @Override
    public final State lend() {
        return state(part -> part instanceof Network network ? network.lend() : part.save());
    }

    private State state(Function<Stateful, State> saving) {
        checkOpen();
        var state = new State(schema(learner.name()), VERSION);
        networks.describe(state);
        parts.forEach((partName, part) -> state.put(partName, saving.apply(part)));
        var words = new long[4];
        random.save(words, 0);
        return state.put("random", words).put("steps", stepsTaken).put("updates", updates).put("due", updatesDue);
    }

    @Override
    public final void restore(State state) {
        checkOpen();
        State before = save();
        try {
            take(state);
        } catch (IncompatibleStateException e) {
            take(before);
            throw e;
        }
    }

    /// Takes over a state where there is nothing yet to come back to.
    final Algorithm restored(State state) {
        try {
            take(state);
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void take(State state) {
        var saved = Networks.described(state.expect(schema(learner.name()), VERSION), spec,
                learner.outputsPerAction());
        if (!saved.equals(networks)) {
            throw new IncompatibleStateException("the state's actor is " + saved.actor()
                    + ", the one to restore it into is " + networks.actor());
        }
        var words = new long[4];
        state.read("random", words);
        long savedSteps = state.integer("steps");
        long savedUpdates = state.integer("updates");
        double savedDue = state.number("due");
        parts.forEach((partName, part) -> part.restore(state.state(partName)));
        random.restore(words, 0);
        stepsTaken = savedSteps;
        updates = savedUpdates;
        updatesDue = savedDue;
        parametersChanged();
        forward.refresh();
    }

    /// Shows the tensors what was written to the parameters.
    final void parametersChanged() {
        for (BatchPart part : batchParts) {
            part.refresh();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(learner.name() + " is closed");
        }
    }

    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        sides.ifPresent(Workers::close);
        workers.close();
        for (TensorContext opened : tensors) {
            if (opened != null) {
                opened.close();
            }
        }
    }
}
