package dev.limber.physics.classiccontrol;

import dev.limber.api.random.SeededRandom;

/// The equations of one environment over a whole batch, so that the loop over the copies is inside one call.
///
/// `state` is one array per state variable [variables, n], which lets the JIT compiler vectorise over the copies.
interface Kernel {

    /// Puts one copy into the first state of an episode.
    void begin(double[][] state, int copy, SeededRandom random);

    /// Takes one step in every copy.
    ///
    /// @param actions checked, row-major [n, action]
    /// @param terms receives the reward's terms, term-major [terms, n]
    /// @param terminated receives where the episode has ended for good [n]
    void step(double[][] state, float[] actions, float[] terms, boolean[] terminated);

    /// Writes the observations of copies `from` to `to - 1` into their rows.
    ///
    /// @param observations row-major [n, observation]
    void observe(double[][] state, int from, int to, float[] observations);
}
