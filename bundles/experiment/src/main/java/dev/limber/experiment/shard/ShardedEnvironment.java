package dev.limber.experiment.shard;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.physics.Vector3;
import dev.limber.api.plugin.Options;
import dev.limber.api.space.Image;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// A batch whose copies are spread over threads. The first shard is the caller's own work, every other one has a thread
/// that creates, steps, resets, saves and closes it. Since a copy depends on its own seed and actions alone, the number
/// of shards changes no episode.
public final class ShardedEnvironment implements Environment {

    private static final String SCHEMA = "dev.limber.experiment.shards";

    private final Shard[] shards;
    private final EnvironmentSpec spec;
    private final int copies;
    private final int observation;
    private final int picture;
    private final Observations observations;
    private final Observations finalObservations;
    private final float[] rewards;
    private final float[] rewardTerms;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private float[] actions = {};
    private double[] poses = {};
    private boolean closed;

    private ShardedEnvironment(EnvironmentFactory factory, Options options, int copies, int threads) {
        this.copies = copies;
        shards = new Shard[threads];
        for (int i = 0; i < threads; i++) {
            int first = (int) ((long) copies * i / threads);
            int next = (int) ((long) copies * (i + 1) / threads);
            shards[i] = new Shard(this, first, next - first,
                    i == 0 ? Optional.empty() : Optional.of(new ShardThread("limber-shard-" + i)));
        }
        try {
            for (Shard shard : shards) {
                shard.create(factory, options);
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        spec = shards[0].ask(Environment::spec);
        observation = spec.observation().size();
        picture = spec.image().map(Image::size).orElse(0);
        int values = shards[0].ask(environment -> environment.observations().values().length) == 0
                ? 0
                : copies * observation;
        observations = new Observations(new float[values], new byte[copies * picture]);
        finalObservations = new Observations(new float[values], new byte[copies * picture]);
        rewards = new float[copies];
        rewardTerms = new float[copies * spec.rewardTerms().size()];
        terminated = new boolean[copies];
        truncated = new boolean[copies];
    }

    /// A batch stepped by `threads` threads; with one thread, or one copy, just what the factory makes.
    public static Environment create(EnvironmentFactory factory, Options options, int copies, int threads) {
        return threads <= 1 || copies <= 1
                ? factory.create(copies, options)
                : new ShardedEnvironment(factory, options, copies, Math.min(threads, copies));
    }

    /// What the shards are to do, for all copies.
    float[] actions() {
        return actions;
    }

    /// Where the shards are to write poses, of all copies.
    double[] poses() {
        return poses;
    }

    /// Copies what a shard has to its place among all copies, on the shard's thread.
    void gather(Shard shard, Environment environment) {
        gatherObservations(shard, environment.observations(), observations);
        gatherObservations(shard, environment.finalObservations(), finalObservations);
        System.arraycopy(environment.rewards(), 0, rewards, shard.first, shard.copies);
        System.arraycopy(environment.terminated(), 0, terminated, shard.first, shard.copies);
        System.arraycopy(environment.truncated(), 0, truncated, shard.first, shard.copies);
        float[] terms = environment.rewardTerms();
        for (int term = 0; term < rewardTerms.length / copies; term++) {
            System.arraycopy(terms, term * shard.copies, rewardTerms, term * copies + shard.first, shard.copies);
        }
    }

    private void gatherObservations(Shard shard, Observations from, Observations to) {
        if (to.values().length > 0) {
            System.arraycopy(from.values(), 0, to.values(), shard.first * observation, shard.copies * observation);
        }
        if (picture > 0) {
            System.arraycopy(from.pixels(), 0, to.pixels(), shard.first * picture, shard.copies * picture);
        }
    }

    @Override
    public EnvironmentSpec spec() {
        open();
        return spec;
    }

    @Override
    public int copies() {
        open();
        return copies;
    }

    @Override
    public void reset(long[] seeds) {
        open();
        if (seeds.length != copies) {
            throw new IllegalArgumentException(copies + " copies need as many seeds, not " + seeds.length);
        }
        for (Shard shard : shards) {
            shard.call(environment -> {
                environment.reset(Arrays.copyOfRange(seeds, shard.first, shard.first + shard.copies));
                gather(shard, environment);
            });
        }
    }

    @Override
    public void step(float[] next) {
        open();
        spec.action().check(next, copies, "action"); // all of it before anything moves
        actions = next;
        together(Shard.STEP);
    }

    /// Does the same in all shards at once.
    private void together(Function<Shard, Runnable> task) {
        for (int i = 1; i < shards.length; i++) {
            shards[i].start(task.apply(shards[i]));
        }
        RuntimeException failure = null;
        try {
            shards[0].start(task.apply(shards[0])); // the caller's own share, while the others work
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Shard shard : shards) {
            try {
                shard.await();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Observations observations() {
        open();
        return observations;
    }

    @Override
    public Observations finalObservations() {
        open();
        return finalObservations;
    }

    @Override
    public float[] rewards() {
        open();
        return rewards;
    }

    @Override
    public float[] rewardTerms() {
        open();
        return rewardTerms;
    }

    @Override
    public void setRewardWeights(double[] weights) {
        open();
        for (Shard shard : shards) {
            shard.call(environment -> environment.setRewardWeights(weights));
        }
    }

    @Override
    public boolean[] terminated() {
        open();
        return terminated;
    }

    @Override
    public boolean[] truncated() {
        open();
        return truncated;
    }

    @Override
    public double[] state(int copy) {
        open();
        Shard shard = shardOf(copy);
        return shard.ask(environment -> environment.state(copy - shard.first));
    }

    @Override
    public void setState(int copy, double[] state) {
        open();
        Shard shard = shardOf(copy);
        shard.call(environment -> {
            environment.setState(copy - shard.first, state);
            gatherObservations(shard, environment.observations(), observations);
        });
    }

    @Override
    public void state(int copy, double[] target, int offset) {
        open();
        Shard shard = shardOf(copy);
        shard.call(environment -> environment.state(copy - shard.first, target, offset));
    }

    @Override
    public int contacts(int copy, double[] target) {
        open();
        Shard shard = shardOf(copy);
        return shard.ask(environment -> environment.contacts(copy - shard.first, target));
    }

    @Override
    public boolean pushable() {
        open();
        return shards[0].ask(Environment::pushable);
    }

    @Override
    public void push(int copy, int body, Vector3 force, Vector3 point) {
        open();
        Shard shard = shardOf(copy);
        shard.call(environment -> environment.push(copy - shard.first, body, force, point));
    }

    @Override
    public void poses(int copy, double[] target, int offset) {
        open();
        Shard shard = shardOf(copy);
        shard.call(environment -> environment.poses(copy - shard.first, target, offset));
    }

    @Override
    public void poses(double[] target) {
        open();
        poses = target;
        together(Shard.POSES);
    }

    @Override
    public void finalPoses(double[] target) {
        open();
        poses = target;
        together(Shard.FINAL_POSES);
    }

    private Shard shardOf(int copy) {
        for (Shard shard : shards) {
            if (copy >= shard.first && copy < shard.first + shard.copies) {
                return shard;
            }
        }
        throw new IndexOutOfBoundsException("there is no copy " + copy + " of " + copies);
    }

    @Override
    public State save() {
        open();
        var state = new State(SCHEMA, 1).put("shards", shards.length).put("copies", copies);
        for (int i = 0; i < shards.length; i++) {
            state.put("shard" + i, shards[i].ask(Environment::save));
        }
        return state;
    }

    @Override
    public void restore(State state) {
        open();
        state.expect(SCHEMA, 1);
        if (state.integer("shards") != shards.length || state.integer("copies") != copies) {
            throw new IncompatibleStateException("state has " + state.integer("copies")
                    + " copies in " + state.integer("shards") + " shards, expected " + copies + " in " + shards.length);
        }
        for (int i = 0; i < shards.length; i++) {
            State part = state.state("shard" + i);
            Shard shard = shards[i];
            shard.call(environment -> {
                environment.restore(part);
                gather(shard, environment);
            });
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Shard shard : shards) {
            try {
                if (shard.created()) {
                    shard.call(Environment::close);
                }
            } finally {
                shard.end();
            }
        }
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("environment is closed");
        }
    }
}
