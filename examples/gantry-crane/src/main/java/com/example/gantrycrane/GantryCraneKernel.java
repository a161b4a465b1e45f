package com.example.gantrycrane;

import dev.limber.api.random.SeededRandom;
import dev.limber.environments.ArrayKernel;

/// A pendulum whose suspension is accelerated, by semi-implicit Euler: the drive is strong, so the load does not move the
/// trolley. Reward terms: closeness of the load to its place, squared angle of the swing.
final class GantryCraneKernel extends ArrayKernel {

    /// Time per step [s].
    static final double STEP = 0.05;

    /// What the drive can do [m/s^2].
    static final float MOST_ACCELERATION = 1;

    private static final double GRAVITY = 9.81;
    /// Where the track ends, on both sides of the place [m].
    private static final double END = 2;

    private final double rope;
    private final double damping;
    private final double[] position = variable();
    private final double[] velocity = variable();
    private final double[] angle = variable();
    private final double[] rate = variable();

    GantryCraneKernel(int copies, double rope, double damping) {
        super(copies);
        this.rope = rope;
        this.damping = damping;
    }

    @Override
    public void begin(int copy, SeededRandom random) {
        position[copy] = 2 * random.nextDouble() - 1;
        velocity[copy] = 0;
        angle[copy] = 0.2 * random.nextDouble() - 0.1;
        rate[copy] = 0;
    }

    @Override
    public void step(float[] actions, float[] terms, boolean[] terminated) {
        int copies = terminated.length;
        for (int i = 0; i < copies; i++) {
            double before = velocity[i];
            velocity[i] += STEP * actions[i];
            position[i] += STEP * velocity[i];
            if (Math.abs(position[i]) > END) {
                position[i] = Math.copySign(END, position[i]);
                velocity[i] = 0;
            }
            double acceleration = (velocity[i] - before) / STEP; // also of the stop at an end
            rate[i] -= STEP * ((GRAVITY * Math.sin(angle[i]) + acceleration * Math.cos(angle[i])) / rope
                    + damping * rate[i]);
            angle[i] += STEP * rate[i];
            double load = position[i] + rope * Math.sin(angle[i]);
            terms[i] = (float) Math.exp(-4 * load * load);
            terms[copies + i] = (float) (angle[i] * angle[i]);
            terminated[i] = false; // an episode ends at its limit of steps alone
        }
    }

    @Override
    public void observe(int from, int to, float[] observations) {
        for (int i = from; i < to; i++) {
            observations[4 * i] = (float) position[i];
            observations[4 * i + 1] = (float) velocity[i];
            observations[4 * i + 2] = (float) angle[i];
            observations[4 * i + 3] = (float) rate[i];
        }
    }
}
