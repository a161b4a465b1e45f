package dev.limber.physics.classiccontrol;

import dev.limber.api.random.SeededRandom;
import dev.limber.environments.ArrayKernel;

/// The equations of Gymnasium's MountainCarContinuous-v0, in single precision as there: its state is float32.
///
/// State: car position, car velocity per step. Reward terms: the goal, squared force.
final class MountainCarContinuousKernel extends ArrayKernel {

    private static final float MIN_POSITION = (float) MountainCarKernel.MIN_POSITION;
    private static final float MAX_POSITION = (float) MountainCarKernel.MAX_POSITION;
    private static final float MAX_SPEED = (float) MountainCarKernel.MAX_SPEED;
    static final float GOAL = 0.45f;
    private static final float POWER = 0.0015f;
    private static final double GRAVITY = 0.0025;

    private final double[] position = variable();
    private final double[] velocity = variable();

    MountainCarContinuousKernel(int copies) {
        super(copies);
    }

    @Override
    public void begin(int copy, SeededRandom random) {
        position[copy] = MountainCarKernel.firstPosition(random);
        velocity[copy] = 0;
    }

    @Override
    public void step(float[] actions, float[] terms, boolean[] terminated) {
        int copies = terminated.length;
        for (int i = 0; i < copies; i++) {
            float force = actions[i];
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
    public void observe(int from, int to, float[] observations) {
        for (int i = from; i < to; i++) {
            observations[2 * i] = (float) position[i];
            observations[2 * i + 1] = (float) velocity[i];
        }
    }

    @Override
    public int bodies() {
        return 1;
    }

    @Override
    public void poses(int copy, double[] target, int offset) {
        MountainScene.pose(position[copy], target, offset);
    }
}
