package dev.limber.api.reward;

/// A reward r(x, u, x') over a batch of transitions, unweighted.
///
/// As a named service it adds a term to an environment's reward or takes the place of the term of its name; a learned
/// reward (inverse reinforcement learning) is registered in just the same way.
public interface Reward extends AutoCloseable {

    /// Computes the reward of each transition.
    ///
    /// @param transitions what happened
    /// @param values receives the rewards [rows]
    void evaluate(Transitions transitions, float[] values);

    /// Frees what it holds.
    @Override
    default void close() {}
}
