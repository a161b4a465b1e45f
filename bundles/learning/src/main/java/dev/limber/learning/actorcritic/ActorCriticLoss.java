package dev.limber.learning.actorcritic;

import ai.djl.ndarray.NDArray;
import dev.limber.api.algorithm.Progress;

/// What an actor-critic minimises.
@FunctionalInterface
public interface ActorCriticLoss {

    /// Scalars. What is minimised is the total; the others are metrics.
    ///
    /// @param policy the policy's part, unweighted
    /// @param value the critic's part, unweighted
    /// @param total of all parts, weighted
    record Losses(NDArray policy, NDArray value, NDArray total) {}

    /// The losses of one rollout. Called once per iteration.
    ///
    /// @param progress of the training, for weights that change with it
    Losses of(RolloutTensors rollout, Progress progress);
}
