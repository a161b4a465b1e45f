package dev.limber.testing.environment;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.environment.Observations;
import dev.limber.api.plugin.Options;
import dev.limber.api.space.Box;
import dev.limber.api.space.Space;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// An environment whose every number is known beforehand, for tests of whatever steps environments.
///
/// Each copy counts its steps. Its observation is (seed, episode, count): the seed it was reset with, how many episodes
/// it has ended, and how many steps it has taken in this one. The reward has two terms: "count", the count after the
/// step, and "action", the first number of the action; their weights are 1 and 0. An episode terminates when the
/// count reaches the length it was built with, and is truncated after a number of steps.
public final class CountingEnvironment implements Environment {

    private static final String SCHEMA = "dev.limber.testing.counting";
    private static final int OBSERVATION = 3;

    private final EnvironmentSpec spec;
    private final int length;
    private final int copies;
    private final Box clip;
    private final long[] seeds;
    private final long[] episodes;
    private final double[] counts;
    private final int[] steps;
    private final float[] observations;
    private final float[] finalObservations;
    private final float[] rewards;
    private final float[] terms;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private final double[] weights;
    private boolean started;
    private boolean closed;

    private CountingEnvironment(EnvironmentSpec spec, int length, int copies) {
        if (copies < 1) {
            throw new IllegalArgumentException("an environment needs at least 1 copy, not " + copies);
        }
        this.spec = spec;
        this.length = length;
        this.copies = copies;
        clip = spec.action() instanceof Box box ? box : Box.unbounded();
        seeds = new long[copies];
        episodes = new long[copies];
        counts = new double[copies];
        steps = new int[copies];
        observations = new float[copies * OBSERVATION];
        finalObservations = new float[copies * OBSERVATION];
        rewards = new float[copies];
        terms = new float[2 * copies];
        terminated = new boolean[copies];
        truncated = new boolean[copies];
        weights = spec.rewardWeights();
    }

    /// Builds a factory.
    ///
    /// @param action what it takes
    /// @param length the count at which an episode terminates; 0 for never
    /// @param maxEpisodeSteps steps after which an episode is truncated; 0 for never
    public static EnvironmentFactory factory(Space action, int length, int maxEpisodeSteps) {
        float[] low = {Float.NEGATIVE_INFINITY, 0, 0};
        float[] high = {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
        var names = List.of("seed [1]", "episode [1]", "count [1]");
        EnvironmentSpec spec = EnvironmentSpec.of("Counting-v0", new Box(low, high, names), action)
                .rewardTerms(new RewardTerm("count", 1), new RewardTerm("action", 0))
                .state("episode [1]", "count [1]").stepSeconds(1).maxEpisodeSteps(maxEpisodeSteps)
                .snapshot(Snapshot.EXACT).build();
        return new EnvironmentFactory() {
            @Override
            public EnvironmentSpec spec(Options options) {
                return spec;
            }

            @Override
            public Environment create(int copies, Options options) {
                return new CountingEnvironment(spec, length, copies);
            }
        };
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
    public void reset(long[] newSeeds) {
        requireOpen();
        if (newSeeds.length != copies) {
            throw new IllegalArgumentException(newSeeds.length + " seeds given, one for each of " + copies
                    + " copies is needed");
        }
        System.arraycopy(newSeeds, 0, seeds, 0, copies);
        Arrays.fill(episodes, 0);
        Arrays.fill(counts, 0);
        Arrays.fill(steps, 0);
        Arrays.fill(rewards, 0);
        Arrays.fill(terms, 0);
        Arrays.fill(terminated, false);
        Arrays.fill(truncated, false);
        for (int i = 0; i < copies; i++) {
            observe(i, observations);
        }
        started = true;
    }

    @Override
    public void step(float[] actions) {
        requireStarted();
        spec.action().check(actions, copies, "action");
        int size = spec.action().size();
        for (int i = 0; i < copies; i++) {
            counts[i]++;
            steps[i]++;
            terms[i] = (float) counts[i];
            terms[copies + i] = clipped(actions[i * size]);
            rewards[i] = (float) (weights[0] * terms[i] + weights[1] * terms[copies + i]);
            terminated[i] = length > 0 && counts[i] >= length;
            truncated[i] = !terminated[i] && spec.maxEpisodeSteps() > 0 && steps[i] >= spec.maxEpisodeSteps();
            if (terminated[i] || truncated[i]) {
                observe(i, finalObservations);
                episodes[i]++;
                counts[i] = 0;
                steps[i] = 0;
            }
            observe(i, observations);
        }
    }

    private float clipped(float action) {
        return clip.size() == 0 ? action : Math.clamp(action, clip.low()[0], clip.high()[0]);
    }

    private void observe(int copy, float[] target) {
        target[copy * OBSERVATION] = seeds[copy];
        target[copy * OBSERVATION + 1] = episodes[copy];
        target[copy * OBSERVATION + 2] = (float) counts[copy];
    }

    @Override
    public Observations observations() {
        requireOpen();
        return Observations.of(observations);
    }

    @Override
    public Observations finalObservations() {
        requireOpen();
        return Observations.of(finalObservations);
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
            throw new IllegalArgumentException(newWeights.length + " weights given for the 2 terms count and action");
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
        return new double[] {episodes[copy], counts[copy]};
    }

    @Override
    public void setState(int copy, double[] state) {
        requireStarted();
        Objects.checkIndex(copy, copies);
        if (state.length != 2 || Double.isNaN(state[0]) || Double.isNaN(state[1])) {
            throw new IllegalArgumentException("state is " + Arrays.toString(state) + ", episode and count are needed");
        }
        episodes[copy] = (long) state[0];
        counts[copy] = state[1];
        observe(copy, observations);
    }

    @Override
    public State save() {
        requireStarted();
        return new State(SCHEMA, 1).put("seeds", seeds).put("episodes", episodes).put("counts", counts)
                .put("steps", steps).put("terminated", terminated).put("truncated", truncated)
                .put("finalObservations", finalObservations);
    }

    @Override
    public void restore(State state) {
        requireOpen();
        long saved = state.expect(SCHEMA, 1).tensor("seeds").elements();
        if (saved != copies) {
            throw new IncompatibleStateException("state has " + saved + " copies, expected " + copies);
        }
        state.read("seeds", seeds);
        state.read("episodes", episodes);
        state.read("counts", counts);
        state.read("steps", steps);
        state.read("terminated", terminated);
        state.read("truncated", truncated);
        state.read("finalObservations", finalObservations);
        for (int i = 0; i < copies; i++) {
            observe(i, observations);
        }
        started = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the environment is closed");
        }
    }

    private void requireStarted() {
        requireOpen();
        if (!started) {
            throw new IllegalStateException("the environment must be reset before its first step");
        }
    }
}
