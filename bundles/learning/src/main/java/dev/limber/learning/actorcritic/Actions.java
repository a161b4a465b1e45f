package dev.limber.learning.actorcritic;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Space;

/// From the actor's outputs to actions. Loads without DJL, so that a trained policy does.
sealed interface Actions permits DiscreteActions, ContinuousActions {

    static Actions of(Space space) {
        return switch (space) {
            case Discrete discrete -> new DiscreteActions(discrete);
            case Box box -> new ContinuousActions(box);
        };
    }

    /// Numbers per action.
    int size();

    /// Draws actions, in the units that are learned.
    ///
    /// @param outputs of the actor [rows, outputs]
    /// @param logStd of continuous actions
    /// @param actions receives the actions [rows, size]
    void sample(float[] outputs, float[] logStd, int rows, SeededRandom random, float[] actions);

    /// Takes the likeliest actions, in the units that are learned.
    ///
    /// @param outputs of the actor [rows, outputs]
    /// @param actions receives the actions [rows, size]
    void greedy(float[] outputs, int rows, float[] actions);

    /// Turns actions into the environment's units, within its bounds.
    ///
    /// @param actions [rows, size]
    /// @param target receives the actions [rows, size], may be the same array
    void toEnvironment(float[] actions, int rows, float[] target);
}
