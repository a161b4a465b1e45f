package dev.limber.physics.classiccontrol;

import dev.limber.api.random.SeededRandom;

/// The equations of Gymnasium's MountainCarContinuous-v0, in single precision as there: its state is float32.
///
/// State: car position, car velocity per step. Reward terms: the goal, squared force.
final class MountainCarContinuousKernel implements Kernel {

    private static final float MIN_POSITION = (float) MountainCarKernel.MIN_POSITION;
    private static final float MAX_POSITION = (float) MountainCarKernel.MAX_POSITION;
    private static final float MAX_SPEED = (float) MountainCarKernel.MAX_SPEED;
    private static final float GOAL = 0.45f;
    private static final float POWER = 0.0015f;
    private static final double GRAVITY = 0.0025;

    @Override
    public void begin(double[][] state, int copy, SeededRandom random) {
        state[0][copy] = MountainCarKernel.firstPosition(random);
        state[1][copy] = 0;
    }

    @Override
    public void step(double[][] state, float[] actions, float[] terms, boolean[] terminated) {
        double[] position = state[0];
        double[] velocity = state[1];
        int copies = terminated.length;
        for (int i = 0; i < copies; i++) {
            float force = Math.max(-1, Math.min(1, actions[i]));
            float place = (float) position[i];
            float slope = (float) (GRAVITY * Math.cos(3 * place));
            float speed = (float) velocity[i] + (force * POWER - slope);
            speed = Math.max(-MAX_SPEED, Math.min(MAX_SPEED, speed));
            place = Math.max(MIN_POSITION, Math.min(MAX_POSITION, place + speed));
            if (place == MIN_POSITION && speed < 0) {
                speed = 0; // the wall on the left stops the car
            }
            position[i] = place;
            velocity[i] = speed;
            terminated[i] = place >= GOAL && speed >= 0;
            terms[i] = terminated[i] ? 1 : 0;
            terms[copies + i] = force * force;
        }
    }

    @Override
    public void observe(double[][] state, int from, int to, float[] observations) {
        for (int i = from; i < to; i++) {
            observations[2 * i] = (float) state[0][i];
            observations[2 * i + 1] = (float) state[1][i];
        }
    }
}
