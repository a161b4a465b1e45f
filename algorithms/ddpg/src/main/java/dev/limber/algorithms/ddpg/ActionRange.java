package dev.limber.algorithms.ddpg;

import dev.limber.api.space.Box;

/// Actions as they are learned, -1 to 1 in every component, and as the environment takes them, from bound to bound.
final class ActionRange {

    private final float[] low;
    private final float[] high;

    /// @param space bounded
    ActionRange(Box space) {
        low = space.low();
        high = space.high();
    }

    /// Components of an action.
    int size() {
        return low.length;
    }

    /// Scales actions to the bounds.
    ///
    /// @param actions -1 to 1 [rows, size]
    /// @param target receives them [rows, size]; may be `actions`
    void toEnvironment(float[] actions, int rows, float[] target) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < low.length; i++) {
                int at = row * low.length + i;
                float middle = 0.5f * (low[i] + high[i]);
                float half = 0.5f * (high[i] - low[i]);
                target[at] = Math.clamp(middle + half * actions[at], low[i], high[i]);
            }
        }
    }
}
