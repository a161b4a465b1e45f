package dev.limber.environments;

import dev.limber.api.space.Box;
import dev.limber.api.space.Space;

/// Brings the actions of a batch within the bounds of their space, without touching the caller's array.
final class ActionBounds {

    /// Bounds and clipped actions of all copies, row-major [n, action]; empty where actions are choices.
    private final float[] low;
    private final float[] high;
    private final float[] clipped;

    ActionBounds(Space action, int copies) {
        int size = action instanceof Box box ? box.size() : 0;
        low = new float[copies * size];
        high = new float[copies * size];
        clipped = new float[copies * size];
        if (action instanceof Box box) {
            for (int i = 0; i < copies; i++) {
                System.arraycopy(box.low(), 0, low, i * size, size);
                System.arraycopy(box.high(), 0, high, i * size, size);
            }
        }
    }

    /// The actions, clipped where they are numbers; valid until the next call.
    float[] clip(float[] actions) {
        if (clipped.length == 0) {
            return actions;
        }
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = Math.max(low[i], Math.min(high[i], actions[i]));
        }
        return clipped;
    }
}
