package dev.limber.experiment.play;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.experiment.Evaluation;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Plays whole episodes with a policy. Each copy plays a number of episodes fixed beforehand, so that episodes which end
/// early do not count more often than long ones.
public final class EpisodePlayer {

    private static final int MOST_COPIES = 32;

    private EpisodePlayer() {}

    /// How many copies are good for so many episodes.
    public static int copies(int episodes) {
        return Math.min(episodes, MOST_COPIES);
    }

    /// Plays.
    ///
    /// @param environment a batch of [#copies] copies, on its thread
    /// @param normalizer what the policy sees through; it learns nothing
    /// @param policy acts, for as many copies
    /// @param seed what the episodes' randomness comes from
    /// @param checkpointStep the training step of the policy
    public static Evaluation play(Environment environment, Optional<Normalizer> normalizer, Policy policy, int episodes,
            long seed, long checkpointStep) {
        try {
            return play(environment, normalizer, policy, episodes, seed, checkpointStep, Spectator.NONE, () -> false);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Plays while somebody watches.
    ///
    /// @param spectator sees the environment after the reset and after every step
    /// @param enough true where the rest need not be played
    static Evaluation play(Environment environment, Optional<Normalizer> normalizer, Policy policy, int episodes,
            long seed, long checkpointStep, Spectator spectator, BooleanSupplier enough) throws IOException {
        int copies = environment.copies();
        var seeds = new long[copies];
        var starts = new boolean[copies];
        for (int i = 0; i < copies; i++) {
            seeds[i] = SeededRandom.childSeed(seed, i);
            starts[i] = true;
        }
        environment.reset(seeds);
        spectator.look(environment);
        var actions = new float[copies * environment.spec().action().size()];
        var view = new PolicyView(environment, normalizer);
        var running = new double[copies];
        var steps = new long[copies];
        var played = new int[copies];
        var returns = new double[episodes];
        long length = 0;
        int missing = episodes;
        while (missing > 0 && !enough.getAsBoolean()) {
            policy.act(view.observations(), starts, actions);
            environment.step(actions);
            spectator.look(environment);
            for (int i = 0; i < copies; i++) {
                running[i] += environment.rewards()[i];
                steps[i]++;
                starts[i] = environment.terminated()[i] || environment.truncated()[i];
                if (starts[i]) {
                    int episode = played[i] * copies + i;
                    if (episode < episodes) {
                        returns[episode] = running[i];
                        length += steps[i];
                        missing--;
                    }
                    played[i]++;
                    running[i] = 0;
                    steps[i] = 0;
                }
            }
        }
        return evaluation(returns, (double) length / episodes, checkpointStep, environment.spec().name());
    }

    private static Evaluation evaluation(double[] returns, double meanLength, long checkpointStep,
            String environment) {
        double mean = Arrays.stream(returns).average().orElse(Double.NaN);
        double squares = Arrays.stream(returns).map(value -> (value - mean) * (value - mean)).sum();
        return new Evaluation(returns.length, mean, returns.length > 1 ? Math.sqrt(squares / (returns.length - 1)) : 0,
                Arrays.stream(returns).min().orElse(Double.NaN), Arrays.stream(returns).max().orElse(Double.NaN),
                meanLength, checkpointStep, environment);
    }
}
