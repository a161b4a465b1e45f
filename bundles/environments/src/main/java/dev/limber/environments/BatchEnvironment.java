package dev.limber.environments;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.environment.Observations;
import dev.limber.api.physics.Vector3;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.render.Scene;
import dev.limber.api.space.Space;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;

/// An environment made of its spec and its equations: it checks what comes in, clips actions, counts steps, weighs the
/// terms of the reward, begins the next episode where one has ended, keeps its last observation, and saves all that. A
/// [Kernel] has the equations.
///
/// ```java
/// public Environment create(int copies, Options options) {
///     return new BatchEnvironment(SPEC, copies, PendulumKernel::new);
/// }
/// ```
///
/// A step allocates nothing besides what the kernel does. A saved state holds the last step's ends and final
/// observations, but neither its final poses nor its reward nor the weights of the reward, which are settings.
public final class BatchEnvironment implements Environment {

    private static final int VERSION = 1;
    private static final int RANDOM_WORDS = 4;

    private final EnvironmentSpec spec;
    private final Kernel kernel;
    private final String schema;
    private final int copies;
    private final Space action;
    private final int width;
    private final int limit;
    private final ActionBounds bounds;
    private final SeededRandom[] random;
    private final int[] episodeSteps;
    private final Observations observations;
    private final Observations finalObservations;
    private final double[] finalPoses;
    private final double[] sums;
    private final float[] rewards;
    private final float[] terms;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private final double[] weights;
    private final double[] stateScratch;
    private boolean started;
    private boolean watched;
    private boolean closed;

    /// @param copies how many copies are stepped together, n
    /// @param kernel builds the equations for so many copies
    /// @throws IllegalArgumentException for less than 1 copy, and for a spec with pictures, which no kernel draws
    public BatchEnvironment(EnvironmentSpec spec, int copies, IntFunction<? extends Kernel> kernel) {
        if (copies < 1) {
            throw new IllegalArgumentException(spec.name() + " needs at least 1 copy, not " + copies);
        }
        if (spec.image().isPresent()) {
            throw new IllegalArgumentException(spec.name() + " observes pictures, a batch has vectors alone");
        }
        this.spec = spec;
        this.kernel = kernel.apply(copies);
        this.copies = copies;
        schema = "dev.limber.environments." + spec.name();
        action = spec.action();
        width = spec.observation().size();
        limit = spec.maxEpisodeSteps();
        bounds = new ActionBounds(action, copies);
        random = new SeededRandom[copies];
        Arrays.setAll(random, i -> new SeededRandom(0));
        episodeSteps = new int[copies];
        observations = Observations.of(new float[copies * width]);
        finalObservations = Observations.of(new float[copies * width]);
        finalPoses = new double[copies * this.kernel.bodies() * Scene.POSE];
        sums = new double[copies];
        rewards = new float[copies];
        terms = new float[copies * spec.rewardTerms().size()];
        terminated = new boolean[copies];
        truncated = new boolean[copies];
        weights = spec.rewardWeights();
        stateScratch = new double[spec.stateNames().size()];
    }

    @Override
    public EnvironmentSpec spec() {
        requireOpen();
        return spec;
    }

    @Override
    public int copies() {
        requireOpen();
        return copies;
    }

    @Override
    public void reset(long[] seeds) {
        requireOpen();
        if (seeds.length != copies) {
            throw new IllegalArgumentException(
                    spec.name() + " has " + copies + " copies and needs a seed for each, not " + seeds.length);
        }
        for (int i = 0; i < copies; i++) {
            random[i].seed(seeds[i]);
            kernel.begin(i, random[i]);
        }
        Arrays.fill(episodeSteps, 0);
        Arrays.fill(rewards, 0);
        Arrays.fill(terms, 0);
        Arrays.fill(terminated, false);
        Arrays.fill(truncated, false);
        kernel.observe(0, copies, observations.values());
        started = true;
    }

    @Override
    public void step(float[] actions) {
        requireStarted();
        action.check(actions, copies, "action");
        kernel.step(bounds.clip(actions), terms, terminated);
        kernel.observe(0, copies, observations.values());
        weighTerms();
        if (limit > 0) {
            truncate();
        }
        for (int i = 0; i < copies; i++) {
            if (terminated[i] | truncated[i]) {
                beginNextEpisode(i);
            }
        }
    }

    private void truncate() {
        // Apart from the loop that begins episodes, whose call would keep the JIT from making this one fast.
        for (int i = 0; i < copies; i++) {
            truncated[i] = ++episodeSteps[i] >= limit & !terminated[i];
        }
    }

    private void weighTerms() {
        // Term by term over the copies, which vectorises; in double, so that one rounding is left.
        double first = weights[0];
        for (int i = 0; i < copies; i++) {
            sums[i] = 0.0 + first * terms[i]; // 0 and not -0 where a negative weight meets 0
        }
        for (int k = 1; k < weights.length; k++) {
            double weight = weights[k];
            int offset = k * copies;
            for (int i = 0; i < copies; i++) {
                sums[i] += weight * terms[offset + i];
            }
        }
        for (int i = 0; i < copies; i++) {
            rewards[i] = (float) sums[i];
        }
    }

    private void beginNextEpisode(int copy) {
        System.arraycopy(observations.values(), copy * width, finalObservations.values(), copy * width, width);
        if (watched && finalPoses.length > 0) {
            kernel.poses(copy, finalPoses, finalPoses.length / copies * copy);
        }
        episodeSteps[copy] = 0;
        kernel.begin(copy, random[copy]);
        kernel.observe(copy, copy + 1, observations.values());
    }

    @Override
    public Observations observations() {
        requireOpen();
        return observations;
    }

    @Override
    public Observations finalObservations() {
        requireOpen();
        return finalObservations;
    }

    @Override
    public float[] rewards() {
        requireOpen();
        return rewards;
    }

    @Override
    public float[] rewardTerms() {
        requireOpen();
        return terms;
    }

    @Override
    public void setRewardWeights(double[] newWeights) {
        requireOpen();
        if (newWeights.length != weights.length) {
            throw new IllegalArgumentException(newWeights.length + " weights given, " + spec.name() + " needs "
                    + weights.length + ", one for each of " + spec.rewardTerms());
        }
        for (int k = 0; k < newWeights.length; k++) {
            if (!Double.isFinite(newWeights[k])) {
                throw new IllegalArgumentException("weight of '" + spec.rewardTerms().get(k).name() + "' is "
                        + newWeights[k] + ", it must be finite");
            }
        }
        System.arraycopy(newWeights, 0, weights, 0, weights.length);
    }

    @Override
    public boolean[] terminated() {
        requireOpen();
        return terminated;
    }

    @Override
    public boolean[] truncated() {
        requireOpen();
        return truncated;
    }

    @Override
    public double[] state(int copy) {
        requireStarted();
        Objects.checkIndex(copy, copies);
        double[] values = new double[spec.stateNames().size()];
        if (values.length > 0) {
            kernel.state(copy, values);
        }
        return values;
    }

    @Override
    public void setState(int copy, double[] values) {
        requireStarted();
        Objects.checkIndex(copy, copies);
        if (spec.stateNames().isEmpty()) {
            throw new UnsupportedOperationException("the state of " + spec.name() + " cannot be set");
        }
        if (values.length != spec.stateNames().size()) {
            throw new IllegalArgumentException(
                    "state has " + values.length + " numbers, " + spec.name() + " needs " + spec.stateNames());
        }
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                throw new IllegalArgumentException(
                        "state has " + values[k] + " as " + spec.stateNames().get(k) + ", it must be finite");
            }
        }
        kernel.setState(copy, values);
        kernel.observe(copy, copy + 1, observations.values());
    }

    @Override
    public void state(int copy, double[] target, int offset) {
        requireStarted();
        Objects.checkIndex(copy, copies);
        if (stateScratch.length > 0) {
            kernel.state(copy, stateScratch);
            System.arraycopy(stateScratch, 0, target, offset, stateScratch.length);
        }
    }

    @Override
    public int contacts(int copy, double[] target) {
        requireStarted();
        Objects.checkIndex(copy, copies);
        return kernel.contacts(copy, target);
    }

    @Override
    public boolean pushable() {
        requireOpen();
        return kernel.pushable();
    }

    @Override
    public void push(int copy, int body, Vector3 force, Vector3 point) {
        requireStarted();
        Objects.checkIndex(copy, copies);
        kernel.push(copy, body, force, point);
    }

    @Override
    public void poses(int copy, double[] target, int offset) {
        requireStarted();
        Objects.checkIndex(copy, copies);
        watched = true;
        kernel.poses(copy, target, offset);
    }

    @Override
    public void finalPoses(double[] target) {
        requireStarted();
        if (finalPoses.length == 0) {
            throw new UnsupportedOperationException(spec.name() + " has no scene");
        }
        int size = finalPoses.length / copies;
        for (int i = 0; i < copies; i++) {
            if (terminated[i] | truncated[i]) {
                System.arraycopy(finalPoses, i * size, target, i * size, size);
            }
        }
    }

    @Override
    public State save() {
        requireStarted();
        requireSnapshot();
        long[] words = new long[RANDOM_WORDS * copies];
        for (int i = 0; i < copies; i++) {
            random[i].save(words, i * RANDOM_WORDS);
        }
        return new State(schema, VERSION).put("copies", copies).put("kernel", kernel.save())
                .put("random", words, copies, RANDOM_WORDS).put("episodeSteps", episodeSteps)
                .put("terminated", terminated).put("truncated", truncated)
                .put("finalObservations", finalObservations.values(), copies, width);
    }

    @Override
    public void restore(State saved) {
        requireOpen();
        requireSnapshot();
        saved.expect(schema, VERSION);
        if (saved.integer("copies") != copies) {
            throw new IncompatibleStateException("state of " + spec.name() + " has " + saved.integer("copies")
                    + " copies, expected " + copies);
        }
        // Whatever may be wrong with it shows before anything changes; the kernel keeps to that too.
        saved.tensor("random", Tensor.Type.INT64, (long) RANDOM_WORDS * copies);
        saved.tensor("episodeSteps", Tensor.Type.INT32, copies);
        saved.tensor("terminated", Tensor.Type.UINT8, copies);
        saved.tensor("truncated", Tensor.Type.UINT8, copies);
        saved.tensor("finalObservations", Tensor.Type.FLOAT32, (long) copies * width);
        SeededRandom[] generators = generators(saved);
        kernel.restore(saved.state("kernel"));

        System.arraycopy(generators, 0, random, 0, copies);
        saved.read("episodeSteps", episodeSteps);
        saved.read("terminated", terminated);
        saved.read("truncated", truncated);
        saved.read("finalObservations", finalObservations.values());
        Arrays.fill(rewards, 0);
        Arrays.fill(terms, 0);
        kernel.observe(0, copies, observations.values());
        started = true;
    }

    private SeededRandom[] generators(State saved) {
        long[] words = new long[RANDOM_WORDS * copies];
        saved.read("random", words);
        var generators = new SeededRandom[copies];
        for (int i = 0; i < copies; i++) {
            generators[i] = new SeededRandom(0);
            try {
                generators[i].restore(words, i * RANDOM_WORDS);
            } catch (IllegalArgumentException zeros) {
                throw new IncompatibleStateException("'random' of " + saved.schema() + ": " + zeros.getMessage());
            }
        }
        return generators;
    }

    private void requireSnapshot() {
        if (spec.snapshot() == Snapshot.NONE) {
            throw new UnsupportedOperationException(spec.name() + " has no snapshots");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            kernel.close();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(spec.name() + " is closed");
        }
    }

    private void requireStarted() {
        requireOpen();
        if (!started) {
            throw new IllegalStateException(spec.name() + " must be reset before it is used");
        }
    }
}
