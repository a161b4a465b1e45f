package dev.limber.physics.classiccontrol;

import dev.limber.api.random.SeededRandom;
import dev.limber.environments.ArrayKernel;

/// The equations of Gymnasium's Pendulum-v1: a rod of 1 kg and 1 m, semi-implicit Euler with 50 ms.
///
/// State: angle from upright (which is not wrapped), angular velocity. Reward terms: squared angle, squared angular
/// velocity, both before the step, and squared torque.
final class PendulumKernel extends ArrayKernel {

    static final double MAX_SPEED = 8;
    static final float MAX_TORQUE = 2;
    static final double STEP = 0.05;

    private static final double FULL_TURN = 2 * Math.PI;

    private final double gravity;
    private final double[] angle = variable();
    private final double[] velocity = variable();

    PendulumKernel(int copies, double gravity) {
        super(copies);
        this.gravity = gravity;
    }

    @Override
    public void begin(int copy, SeededRandom random) {
        angle[copy] = Math.PI * (2 * random.nextDouble() - 1);
        velocity[copy] = 2 * random.nextDouble() - 1;
    }

    @Override
    public void step(float[] actions, float[] terms, boolean[] terminated) {
        int copies = terminated.length;
        for (int i = 0; i < copies; i++) {
            float torque = actions[i];
            double fromUpright = wrapped(angle[i]);
            terms[i] = (float) (fromUpright * fromUpright);
            terms[copies + i] = (float) (velocity[i] * velocity[i]);
            terms[2 * copies + i] = torque * torque;

            // 3 g / (2 l) sin(angle) + 3 / (m l^2) torque
            double acceleration = 3 * gravity / 2 * Math.sin(angle[i]) + 3 * torque;
            double next = velocity[i] + acceleration * STEP;
            velocity[i] = Math.max(-MAX_SPEED, Math.min(MAX_SPEED, next));
            angle[i] += velocity[i] * STEP;
        }
    }

    /// The angle within [-pi, pi).
    private static double wrapped(double angle) {
        double turned = (angle + Math.PI) % FULL_TURN;
        return (turned < 0 ? turned + FULL_TURN : turned) - Math.PI;
    }

    @Override
    public void observe(int from, int to, float[] observations) {
        for (int i = from; i < to; i++) {
            observations[3 * i] = (float) Math.cos(angle[i]);
            observations[3 * i + 1] = (float) Math.sin(angle[i]);
            observations[3 * i + 2] = (float) velocity[i];
        }
    }

    @Override
    public int bodies() {
        return 1;
    }

    @Override
    public void poses(int copy, double[] target, int offset) {
        Planar.pose(target, offset, 0, 0, -angle[copy]); // counter-clockwise, as in Gymnasium
    }
}
