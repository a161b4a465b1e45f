package dev.limber.api.environment;

import dev.limber.api.physics.Vector3;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;

/// A batch of `n` copies of one environment, stepped together; `n = 1` is the plain case.
///
/// Names and meaning follow Gymnasium: `terminated` is not `truncated`, and a copy whose episode has ended is reset
/// within the same step, so that [#observations] always holds what to act on next. The last observation of the ended
/// episode stays readable in [#finalObservations] until the next step, for bootstrapping.
///
/// All arrays are row-major, owned by the environment and reused in every step: read them between two calls, copy what
/// you keep, never write to them. An instance belongs to the thread that created it (physics engines insist). What copy
/// `i` does depends on its own seed and actions alone, so a batch can be cut into shards without changing any episode.
///
/// Every method but [#close] throws `IllegalStateException` after [#close].
public interface Environment extends Stateful, AutoCloseable {

    /// What this environment looks like. Constant.
    EnvironmentSpec spec();

    /// The number of copies, n. Constant.
    int copies();

    /// Starts a new episode in every copy and seeds the randomness of copy `i` with `seeds[i]`. Later episodes go on
    /// drawing from the same stream.
    ///
    /// @param seeds one seed per copy [n]
    void reset(long[] seeds);

    /// Takes one step in every copy. Numbers outside a [dev.limber.api.space.Box] action space are clipped to it.
    ///
    /// @param actions row-major [n, action]
    /// @throws IllegalArgumentException for a wrong length, NaN, or a choice that there is not; nothing has moved then
    /// @throws IllegalStateException before the first reset
    void step(float[] actions);

    /// What to act on next [n]: the first observation of the next episode where one has just ended.
    Observations observations();

    /// The observation after the last step where an episode has just ended [n]; other rows hold no meaning.
    Observations finalObservations();

    /// The reward of the last step [n]: the weighted sum of [#rewardTerms].
    float[] rewards();

    /// The terms of the reward of the last step, unweighted, term-major [terms, n], in the order of
    /// [EnvironmentSpec#rewardTerms].
    float[] rewardTerms();

    /// Weighs the terms of the reward anew, from the next step on.
    ///
    /// @param weights one weight per term [terms], in the order of [EnvironmentSpec#rewardTerms]
    void setRewardWeights(double[] weights);

    /// True where the last step ended the episode for good: there is no next state to value [n].
    boolean[] terminated();

    /// True where the last step cut the episode short: the final observation is worth bootstrapping from [n].
    boolean[] truncated();

    /// The physical state of one copy, in the order and units of [EnvironmentSpec#stateNames].
    double[] state(int copy);

    /// Puts one copy into a physical state, within its running episode; the observation follows, rewards do not.
    ///
    /// @throws IllegalArgumentException for a wrong length or NaN
    /// @throws UnsupportedOperationException where [EnvironmentSpec#stateNames] is empty
    void setState(int copy, double[] state);

    /// Writes the physical state of one copy, where [#state(int)] returns it, and allocates nothing where it can be helped.
    ///
    /// @param target receives [state] from `offset` on
    default void state(int copy, double[] target, int offset) {
        double[] values = state(copy);
        System.arraycopy(values, 0, target, offset, values.length);
    }

    /// Writes where bodies touch in one copy, as [dev.limber.api.physics.World#contacts] does: bodies, position, normal, force.
    ///
    /// @param target receives as many contacts as it has room for, [contacts, 9]
    /// @return how many contacts there are
    default int contacts(int copy, double[] target) {
        return 0;
    }

    /// True where bodies of the scene can be [pushed][#push].
    default boolean pushable() {
        return false;
    }

    /// Pushes a body of the scene in one copy during its next step. Pushes of several calls add up.
    ///
    /// @param body index in the scene
    /// @param force in the world's frame [N]
    /// @param point where, in the world's frame [m]
    /// @throws UnsupportedOperationException where it is not [#pushable]
    default void push(int copy, int body, Vector3 force, Vector3 point) {
        throw new UnsupportedOperationException("bodies of " + spec().name() + " cannot be pushed");
    }

    /// Writes where the bodies of the scene are in one copy: position (x, y, z) [m] and unit quaternion (x, y, z, w) each.
    /// Allocates nothing.
    ///
    /// @param target receives [bodies, 7] in the order of [dev.limber.api.render.Scene#bodies], from `offset` on
    /// @throws UnsupportedOperationException where the factory publishes no scene
    /// @throws IllegalStateException before the first reset
    default void poses(int copy, double[] target, int offset) {
        throw new UnsupportedOperationException(spec().name() + " has no scene");
    }

    /// Writes where the bodies of the scene are in all copies. Allocates nothing.
    ///
    /// @param target receives [n, bodies, 7]
    /// @throws UnsupportedOperationException where the factory publishes no scene
    /// @throws IllegalStateException before the first reset
    default void poses(double[] target) {
        int copies = copies();
        for (int i = 0; i < copies; i++) {
            poses(i, target, target.length / copies * i);
        }
    }

    /// Writes where the bodies of the scene were after the last step where an episode has just ended; other rows are left
    /// as they are. They may be kept only from the step on before which [#poses] were asked for. Allocates nothing.
    ///
    /// @param target receives [n, bodies, 7]
    /// @throws UnsupportedOperationException where it does not know
    default void finalPoses(double[] target) {
        throw new UnsupportedOperationException(spec().name() + " does not know the last poses of an episode");
    }

    /// The state of all copies, random generators and episode step counts included, so that a planner can come back to
    /// it and a resumed run goes on as if it had not stopped.
    ///
    /// @throws UnsupportedOperationException where the spec's snapshot is NONE
    @Override
    State save();

    /// Comes back to a saved state of the same number of copies.
    @Override
    void restore(State state);

    /// Frees what it holds. Further calls do nothing.
    @Override
    void close();
}
