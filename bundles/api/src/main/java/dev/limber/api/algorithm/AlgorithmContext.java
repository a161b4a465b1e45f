package dev.limber.api.algorithm;

import dev.limber.api.environment.Environment;
import dev.limber.api.metrics.Metrics;
import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;

/// What the runner gives an algorithm. All of it stays valid as long as the algorithm does, also while the environment
/// behind it is replaced; arrays of the environment may change their identity between two iterations.
public interface AlgorithmContext {

    /// The batch to learn in. Steps and episodes are counted here, so step nothing else for training.
    Environment environment();

    /// Another batch of the same environment, which is not counted: for planning from a saved state, or for estimating.
    /// The caller closes it, on the thread that asked for it.
    Environment newEnvironment(int copies);

    /// The options set for this algorithm.
    Options options();

    /// The seed of this algorithm's randomness, the same in every run of one experiment seed. Generators made of it are
    /// part of the algorithm's state.
    default SeededRandom random() {
        return new SeededRandom(seed());
    }

    /// The seed that [#random] starts from.
    long seed();

    /// Where measurements go.
    Metrics metrics();

    /// How far the run has come, for schedules.
    Progress progress();

    /// Where to compute.
    Device device();

    /// Tells the user something once: it is printed and written to the journal.
    ///
    /// @param message one line
    void note(String message);
}
