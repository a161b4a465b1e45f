package dev.limber.physics.cartpole;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.environment.Observations;
import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.physics.World;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import java.util.Arrays;
import java.util.Objects;

/// Copies of the cart-pole, each a world of its own.
final class CartPoleEnvironment implements Environment {

    static final double MAX_POSITION = 2.4;
    static final double MAX_ANGLE = 12 * 2 * Math.PI / 360;

    private static final String SCHEMA = "dev.limber.physics.cartpole";
    private static final int VERSION = 1;
    private static final int STATE = 4;
    private static final int WORDS = 4;
    private static final double START = 0.05;

    private final EnvironmentSpec spec;
    private final int copies;
    private final int substeps;
    private final boolean continuous;
    private final World[] worlds;
    private final SeededRandom[] random;
    private final int[] steps;
    private final double[] weights;
    private final float[] observations;
    private final float[] finalObservations;
    private final float[] rewards;
    private final float[] terms;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private final Observations observed;
    private final Observations finallyObserved;
    private final double[] positions = new double[2];
    private final double[] velocities = new double[2];
    private final double[] control = new double[1];
    private boolean started;
    private boolean closed;

    CartPoleEnvironment(EnvironmentSpec spec, int copies, int substeps, PhysicsEngine engine) {
        this.spec = spec;
        this.copies = copies;
        this.substeps = substeps;
        continuous = spec.continuous();
        worlds = new World[copies];
        random = new SeededRandom[copies];
        var model = CartPoleModel.model();
        var options = CartPoleModel.options(substeps);
        for (int i = 0; i < copies; i++) {
            worlds[i] = engine.create(model, options);
            random[i] = new SeededRandom(i);
        }
        steps = new int[copies];
        weights = spec.rewardWeights();
        observations = new float[copies * STATE];
        finalObservations = new float[copies * STATE];
        rewards = new float[copies];
        terms = new float[copies];
        terminated = new boolean[copies];
        truncated = new boolean[copies];
        observed = Observations.of(observations);
        finallyObserved = Observations.of(finalObservations);
    }

    @Override
    public EnvironmentSpec spec() {
        return spec;
    }

    @Override
    public int copies() {
        return copies;
    }

    @Override
    public void reset(long[] seeds) {
        requireOpen();
        if (seeds.length != copies) {
            throw new IllegalArgumentException(
                    seeds.length + " seeds given, one for each of " + copies + " copies is needed");
        }
        Arrays.fill(rewards, 0);
        Arrays.fill(terms, 0);
        Arrays.fill(terminated, false);
        Arrays.fill(truncated, false);
        for (int i = 0; i < copies; i++) {
            random[i].seed(seeds[i]);
            begin(i);
        }
        started = true;
    }

    private void begin(int copy) {
        steps[copy] = 0;
        // In Gymnasium's order: cart position and velocity, pole angle and velocity.
        for (int k = 0; k < 2; k++) {
            positions[k] = START * (2 * random[copy].nextDouble() - 1);
            velocities[k] = START * (2 * random[copy].nextDouble() - 1);
        }
        worlds[copy].setJoints(positions, velocities);
        observe(copy, observations);
    }

    @Override
    public void step(float[] actions) {
        requireStarted();
        spec.action().check(actions, copies, "action");
        for (int i = 0; i < copies; i++) {
            control[0] = continuous ? actions[i] : 2 * actions[i] - 1;
            World world = worlds[i];
            world.setControl(control);
            world.step(substeps);
            steps[i]++;
            terms[i] = 1;
            rewards[i] = (float) weights[0];
            observe(i, observations);
            terminated[i] = Math.abs(positions[0]) > MAX_POSITION || Math.abs(positions[1]) > MAX_ANGLE;
            truncated[i] = !terminated[i] && steps[i] >= spec.maxEpisodeSteps();
            if (terminated[i] || truncated[i]) {
                System.arraycopy(observations, STATE * i, finalObservations, STATE * i, STATE);
                begin(i);
            }
        }
    }

    /// Reads a copy's joints and writes its observation.
    private void observe(int copy, float[] target) {
        worlds[copy].positions(positions);
        worlds[copy].velocities(velocities);
        int row = STATE * copy;
        target[row] = (float) positions[0];
        target[row + 1] = (float) velocities[0];
        target[row + 2] = (float) positions[1];
        target[row + 3] = (float) velocities[1];
    }

    @Override
    public Observations observations() {
        requireOpen();
        return observed;
    }

    @Override
    public Observations finalObservations() {
        requireOpen();
        return finallyObserved;
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
            throw new IllegalArgumentException(newWeights.length + " weights given, the reward has 1 term: alive");
        }
        weights[0] = newWeights[0];
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
        requireOpen();
        worlds[Objects.checkIndex(copy, copies)].positions(positions);
        worlds[copy].velocities(velocities);
        return new double[] {positions[0], velocities[0], positions[1], velocities[1]};
    }

    @Override
    public void setState(int copy, double[] state) {
        requireStarted();
        Objects.checkIndex(copy, copies);
        if (state.length != STATE) {
            throw new IllegalArgumentException(
                    "a state has " + STATE + " numbers, " + spec.stateNames() + ", not " + state.length);
        }
        worlds[copy].setJoints(new double[] {state[0], state[2]}, new double[] {state[1], state[3]});
        observe(copy, observations);
    }

    @Override
    public State save() {
        requireOpen();
        if (spec.snapshot() == Snapshot.NONE) {
            throw new UnsupportedOperationException("the physics engine of " + spec.name() + " cannot save its worlds");
        }
        long[] words = new long[WORDS * copies];
        var saved = new State("dev.limber.physics.cartpole.worlds", VERSION);
        for (int i = 0; i < copies; i++) {
            random[i].save(words, WORDS * i);
            saved.put(Integer.toString(i), worlds[i].save());
        }
        return new State(SCHEMA, VERSION).put("started", started).put("random", words, copies, WORDS)
                .put("steps", steps).put("terminated", terminated).put("truncated", truncated)
                .put("rewards", rewards).put("terms", terms)
                .put("finalObservations", finalObservations, copies, STATE).put("worlds", saved);
    }

    @Override
    public void restore(State state) {
        requireOpen();
        int saved = state.expect(SCHEMA, VERSION).state("worlds").names().size();
        if (saved != copies) {
            throw new IncompatibleStateException(
                    "state of " + spec.name() + " has " + saved + " copies, expected " + copies);
        }
        State before = save();
        try {
            take(state);
        } catch (IncompatibleStateException incompatible) {
            take(before);
            throw incompatible;
        }
    }

    private void take(State state) {
        long[] words = new long[WORDS * copies];
        state.read("random", words);
        for (int i = 0; i < copies; i++) {
            random[i].restore(words, WORDS * i);
            worlds[i].restore(state.state("worlds").state(Integer.toString(i)));
            observe(i, observations);
        }
        state.read("steps", steps);
        state.read("terminated", terminated);
        state.read("truncated", truncated);
        state.read("rewards", rewards);
        state.read("terms", terms);
        state.read("finalObservations", finalObservations);
        started = state.flag("started");
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the environment " + spec.name() + " is closed");
        }
    }

    private void requireStarted() {
        requireOpen();
        if (!started) {
            throw new IllegalStateException("the environment " + spec.name() + " must be reset before its first step");
        }
    }

    @Override
    public void close() {
        closed = true;
        for (World world : worlds) {
            world.close();
        }
    }
}
