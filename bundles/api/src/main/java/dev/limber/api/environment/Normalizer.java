package dev.limber.api.environment;

import dev.limber.api.state.Stateful;

/// Turns raw observations into what the policy sees, learning its statistics on the way.
///
/// The runner keeps it between the environment and the algorithm, so that every algorithm has it for free, a checkpoint
/// holds it, and evaluation and robots use the statistics of training.
public interface Normalizer extends Stateful {

    /// Learns from observations.
    ///
    /// @param observations row-major [rows, observation]
    void learn(float[] observations, int rows);

    /// Normalises observations.
    ///
    /// @param observations row-major [rows, observation], left as they are
    /// @param target row-major [rows, observation], may be the same array
    void apply(float[] observations, int rows, float[] target);
}
