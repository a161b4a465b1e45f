package dev.limber.learning.actorcritic;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.learning.distribution.DiagonalGaussian;

/// Vectors of real numbers; the actor's outputs are their means.
///
/// Where an action has bounds it is learned in halves of its range from the middle, so that -1 and 1 are the bounds
/// whatever the unit, and settings found for one robot fit the next.
final class ContinuousActions implements Actions {

    private final DiagonalGaussian distribution;
    private final float[] low;
    private final float[] high;
    private final float[] middle;
    private final float[] half;

    ContinuousActions(Box space) {
        distribution = new DiagonalGaussian(space.size());
        low = space.low();
        high = space.high();
        middle = new float[space.size()];
        half = new float[space.size()];
        for (int i = 0; i < half.length; i++) {
            boolean bounded = Float.isFinite(low[i]) && Float.isFinite(high[i]);
            middle[i] = bounded ? 0.5f * (low[i] + high[i]) : 0;
            half[i] = bounded ? 0.5f * (high[i] - low[i]) : 1;
        }
    }

    @Override
    public int size() {
        return half.length;
    }

    @Override
    public void sample(float[] outputs, float[] logStd, int rows, SeededRandom random, float[] actions) {
        distribution.sample(outputs, logStd, rows, random, actions);
    }

    @Override
    public void greedy(float[] outputs, int rows, float[] actions) {
        distribution.greedy(outputs, rows, actions);
    }

    @Override
    public void toEnvironment(float[] actions, int rows, float[] target) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < half.length; i++) {
                int at = row * half.length + i;
                target[at] = Math.clamp(middle[i] + half[i] * actions[at], low[i], high[i]);
            }
        }
    }
}
