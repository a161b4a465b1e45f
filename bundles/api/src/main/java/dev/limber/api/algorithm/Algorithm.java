package dev.limber.api.algorithm;

import dev.limber.api.dynamics.Dynamics;
import dev.limber.api.policy.Policy;
import dev.limber.api.reward.Reward;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import java.util.Optional;

/// Learns one of the three functions: a policy, the dynamics or a reward.
///
/// The runner owns the loop: it calls [#iterate] again and again, and between two calls it may pause, save, evaluate,
/// replace this instance by another, or stop. All calls come from the thread that created it.
public interface Algorithm extends Stateful, AutoCloseable {

    /// Does one bounded piece of work: a rollout and an update, a generation, a planning trial. It steps the context's
    /// environment itself, takes well under a second, and leaves the environment between two steps.
    ///
    /// @throws DivergenceException where a loss, gradient or weight is no longer finite
    void iterate();

    /// The greedy policy as it is now, for a batch of `copies`. It follows the newest weights until it is closed.
    Policy policy(int copies);

    /// The dynamics learned so far, where this algorithm learns them.
    default Optional<Dynamics> dynamics() {
        return Optional.empty();
    }

    /// The reward learned so far, where this algorithm learns one.
    default Optional<Reward> reward() {
        return Optional.empty();
    }

    /// The whole state, by reference wherever that is sooner than a copy: experiments stand still meanwhile. It is good
    /// until this object iterates or takes over a state, and outlasts [#close].
    default State lend() {
        return save();
    }

    /// Frees what it holds. Further calls do nothing.
    @Override
    void close();
}
