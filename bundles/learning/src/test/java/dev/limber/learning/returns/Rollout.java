package dev.limber.learning.returns;

import dev.limber.api.random.SeededRandom;

/// A random rollout whose episodes end everywhere; whatever must not be read is NaN.
final class Rollout {

    final int steps;
    final int copies;
    final float[] rewards;
    final float[] values;
    final float[] lastValues;
    final float[] finalValues;
    final boolean[] terminated;
    final boolean[] truncated;

    Rollout(int steps, int copies, SeededRandom random) {
        this.steps = steps;
        this.copies = copies;
        int size = steps * copies;
        rewards = new float[size];
        values = new float[size];
        finalValues = new float[size];
        terminated = new boolean[size];
        truncated = new boolean[size];
        lastValues = new float[copies];
        for (int i = 0; i < size; i++) {
            rewards[i] = (float) random.nextGaussian();
            values[i] = (float) random.nextGaussian();
            terminated[i] = random.nextInt(8) == 0;
            truncated[i] = random.nextInt(8) == 0;
            finalValues[i] = truncated[i] && !terminated[i] ? (float) random.nextGaussian() : Float.NaN;
        }
        for (int copy = 0; copy < copies; copy++) {
            boolean ended = ended(steps - 1, copy);
            lastValues[copy] = ended ? Float.NaN : (float) random.nextGaussian();
        }
    }

    boolean ended(int step, int copy) {
        int i = step * copies + copy;
        return terminated[i] || truncated[i];
    }

    /// The sum of discounted rewards of the steps `step` to `step + k - 1`, which must be of one episode, and the
    /// discounted value of what follows them, term by term as the definition says.
    double kStepReturn(int step, int copy, int k, double gamma) {
        double sum = 0;
        for (int j = 0; j < k; j++) {
            sum += Math.pow(gamma, j) * rewards[(step + j) * copies + copy];
        }
        int last = (step + k - 1) * copies + copy;
        if (terminated[last]) {
            return sum;
        }
        double next;
        if (truncated[last]) {
            next = finalValues[last];
        } else if (step + k == steps) {
            next = lastValues[copy];
        } else {
            next = values[last + copies];
        }
        return sum + Math.pow(gamma, k) * next;
    }

    /// How many steps there are from `step` to the end of its episode or of the rollout, both included.
    int remaining(int step, int copy) {
        int k = 1;
        while (!ended(step + k - 1, copy) && step + k < steps) {
            k++;
        }
        return k;
    }
}
