package dev.limber.experiment.loop;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.metrics.Metric;
import dev.limber.api.metrics.Metrics;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import java.util.Arrays;
import java.util.OptionalDouble;

/// Counts the steps and episodes of training: returns of raw rewards, lengths, the mean of the last 100 episodes, and
/// the step at which that mean passed the environment's threshold. Returns of different rewards are told apart.
final class EpisodeStatistics implements Stateful {

    /// Episodes in the running mean.
    static final int WINDOW = 100;

    private static final String SCHEMA = "dev.limber.experiment.episodes";

    private final int copies;
    private final double[] returns;
    private final long[] lengths;
    private final double[] window = new double[WINDOW];
    /// Copies whose episodes have begun under another reward.
    private final boolean[] mixed;
    private final float[] weights;
    private final Metric episodeReturn;
    private final Metric episodeLength;
    private final Metric meanReturn;
    private final Metric episodeCount;
    private final Metric[] terms;
    private long steps;
    private long episodes;
    /// Those since the last one that another reward has had a share in.
    private long alike;
    private OptionalDouble threshold;
    private long stepsToThreshold = -1;

    EpisodeStatistics(EnvironmentSpec spec, int copies, Metrics metrics) {
        this.copies = copies;
        threshold = spec.rewardThreshold();
        returns = new double[copies];
        lengths = new long[copies];
        mixed = new boolean[copies];
        episodeReturn = metrics.mean("episode/return",
                "sum of an episode's rewards, mean over the episodes that have ended; should rise");
        episodeLength = metrics.mean("episode/length", "steps of an episode, mean over the episodes that have ended");
        meanReturn = metrics.last("episode/return_100", "mean return of the last 100 episodes");
        episodeCount = metrics.last("episode/count", "episodes that have ended since the beginning");
        int count = spec.rewardTerms().size() > 1 ? spec.rewardTerms().size() : 0;
        terms = new Metric[count];
        weights = new float[count];
        for (int i = 0; i < count; i++) {
            terms[i] = metrics.mean("reward/" + spec.rewardTerms().get(i).name(),
                    "weighted reward of this term per step");
            weights[i] = (float) spec.rewardTerms().get(i).weight();
        }
    }

    /// Counts a step of all copies.
    void step(Environment environment) {
        steps += copies;
        float[] rewards = environment.rewards();
        boolean[] terminated = environment.terminated();
        boolean[] truncated = environment.truncated();
        for (int i = 0; i < copies; i++) {
            returns[i] += rewards[i];
            lengths[i]++;
            if (terminated[i] || truncated[i]) {
                end(i);
            }
        }
        if (terms.length > 0) {
            float[] values = environment.rewardTerms();
            for (int term = 0; term < terms.length; term++) {
                for (int i = 0; i < copies; i++) {
                    terms[term].add(weights[term] * values[term * copies + i]);
                }
            }
        }
    }

    private void end(int copy) {
        window[(int) (episodes % WINDOW)] = returns[copy];
        episodes++;
        alike = mixed[copy] ? 0 : alike + 1;
        mixed[copy] = false;
        episodeReturn.add(returns[copy]);
        episodeLength.add(lengths[copy]);
        returns[copy] = 0;
        lengths[copy] = 0;
        double mean = meanReturn();
        meanReturn.add(mean);
        episodeCount.add(episodes);
        if (stepsToThreshold < 0 && comparable() && threshold.isPresent() && mean >= threshold.getAsDouble()) {
            stepsToThreshold = steps;
        }
    }

    /// Tells the returns from here on from those before: they are of another reward.
    ///
    /// @param other the threshold by that reward, where there is one
    void rewardChanged(OptionalDouble other) {
        threshold = other;
        alike = 0;
        Arrays.fill(mixed, true);
    }

    /// Weighs the terms anew in the metrics.
    void setWeights(double[] anew) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) anew[i];
        }
    }

    /// Forgets the running episodes: the copies have been reset.
    void restartEpisodes() {
        Arrays.fill(returns, 0);
        Arrays.fill(lengths, 0);
        Arrays.fill(mixed, false);
    }

    /// Environment steps taken.
    long steps() {
        return steps;
    }

    /// Episodes that have ended.
    long episodes() {
        return episodes;
    }

    /// Mean return of the last 100 episodes; NaN before the first.
    double meanReturn() {
        int count = (int) Math.min(episodes, WINDOW);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += window[i];
        }
        return sum / count;
    }

    /// True where the mean is that of 100 episodes, each of them from its beginning to its end by the reward of now.
    boolean comparable() {
        return alike >= WINDOW;
    }

    /// What the mean has to pass, where there is something.
    OptionalDouble threshold() {
        return threshold;
    }

    /// Steps at which the mean passed the threshold, -1 where it has not.
    long stepsToThreshold() {
        return stepsToThreshold;
    }

    @Override
    public State save() {
        return new State(SCHEMA, 2).put("steps", steps).put("episodes", episodes).put("alike", alike)
                .put("stepsToThreshold", stepsToThreshold).put("returns", returns).put("lengths", lengths)
                .put("mixed", mixed).put("window", window);
    }

    @Override
    public void restore(State state) {
        state.expect(SCHEMA, 1, 2);
        state.read("returns", returns);
        state.read("lengths", lengths);
        state.read("window", window);
        steps = state.integer("steps");
        episodes = state.integer("episodes");
        stepsToThreshold = state.integer("stepsToThreshold");
        if (state.version() == 1) { // did not tell rewards apart
            alike = episodes;
            Arrays.fill(mixed, false);
        } else {
            alike = state.integer("alike");
            state.read("mixed", mixed);
        }
    }
}
