package dev.limber.environments;

import dev.limber.api.physics.Vector3;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;

/// The equations of one environment over a whole batch of n copies, so that the loop over the copies is inside one call.
///
/// [BatchEnvironment] does the rest: it checks what comes in, counts steps, weighs the terms of the reward and begins the
/// next episode where one has ended. What copy `i` does must depend on its own state, random generator and actions alone.
/// Extend [ArrayKernel] where the state of a copy is a few numbers.
public interface Kernel extends Stateful, AutoCloseable {

    /// Puts one copy into the first state of an episode.
    ///
    /// @param random the copy's own generator; draw from no other
    void begin(int copy, SeededRandom random);

    /// Takes one step in every copy. Allocate nothing here.
    ///
    /// @param actions elements of the action space, clipped to the bounds of a [dev.limber.api.space.Box], row-major
    ///        [n, action]; not to be written to
    /// @param terms receives the terms of the reward, unweighted, term-major [terms, n]
    /// @param terminated receives where the episode has ended for good [n]
    void step(float[] actions, float[] terms, boolean[] terminated);

    /// Writes the observations of copies `from` to `to - 1` into their rows.
    ///
    /// @param observations row-major [n, observation]
    void observe(int from, int to, float[] observations);

    /// Writes the physical state of one copy.
    ///
    /// @param target one number per name in [dev.limber.api.environment.EnvironmentSpec#stateNames], in their order
    void state(int copy, double[] target);

    /// Puts one copy into a physical state.
    ///
    /// @param state finite, in the order of [dev.limber.api.environment.EnvironmentSpec#stateNames]; not to be kept
    void setState(int copy, double[] state);

    /// How many bodies the environment's scene has, 0 where there is none.
    default int bodies() {
        return 0;
    }

    /// Writes where the bodies of the environment's scene are in one copy. Allocate nothing here.
    ///
    /// @param target receives position (x, y, z) [m] and unit quaternion (x, y, z, w) of each body, [bodies, 7], from
    ///        `offset` on
    /// @throws UnsupportedOperationException where there is no scene
    default void poses(int copy, double[] target, int offset) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no scene");
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
    default void push(int copy, int body, Vector3 force, Vector3 point) {
        throw new UnsupportedOperationException("bodies of " + getClass().getSimpleName() + " cannot be pushed");
    }

    /// All that the next step depends on: the state of every copy, but not their random generators. Called only where
    /// the spec declares a snapshot.
    @Override
    State save();

    /// Comes back to a saved state. One that does not fit is refused before anything changes.
    @Override
    void restore(State state);

    /// Frees what it holds. Called once.
    @Override
    default void close() {
        // most hold only arrays
    }
}
