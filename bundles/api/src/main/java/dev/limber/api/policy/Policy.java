package dev.limber.api.policy;

import dev.limber.api.environment.Observations;

/// Chooses actions for a batch of observations.
///
/// One instance serves one batch on one thread, and may remember things per row between calls (a recurrent state, a
/// plan to start the next one from).
public interface Policy extends AutoCloseable {

    /// Chooses an action for each row.
    ///
    /// @param observations what the agent sees [n]
    /// @param starts true where a row begins an episode: forget what was remembered about it [n]
    /// @param actions receives the actions, row-major [n, action]
    void act(Observations observations, boolean[] starts, float[] actions);

    /// Frees what it holds.
    @Override
    default void close() {}
}
