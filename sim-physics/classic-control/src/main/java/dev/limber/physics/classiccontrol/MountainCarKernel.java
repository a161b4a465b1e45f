package dev.limber.physics.classiccontrol;

import dev.limber.api.random.SeededRandom;
import dev.limber.environments.ArrayKernel;
import java.util.Arrays;

/// The equations of Gymnasium's MountainCar-v0.
///
/// State: car position, car velocity per step.
final class MountainCarKernel extends ArrayKernel {

    static final double MIN_POSITION = -1.2;
    static final double MAX_POSITION = 0.6;
    static final double MAX_SPEED = 0.07;
    /// The equations know no time; this is the rate at which Gymnasium shows them [s].
    static final double STEP = 1 / 30.0;

    static final double GOAL = 0.5;
    private static final double FORCE = 0.001;
    private static final double GRAVITY = 0.0025;

    private final double[] position = variable();
    private final double[] velocity = variable();

    MountainCarKernel(int copies) {
        super(copies);
    }

    @Override
    public void begin(int copy, SeededRandom random) {
        position[copy] = firstPosition(random);
        velocity[copy] = 0;
    }

    /// Uniform within [-0.6, -0.4), for both mountain cars.
    static double firstPosition(SeededRandom random) {
        return -0.6 + 0.2 * random.nextDouble();
    }

    @Override
    public void step(float[] actions, float[] terms, boolean[] terminated) {
        for (int i = 0; i < terminated.length; i++) {
            double speed = velocity[i] + (actions[i] - 1) * FORCE - Math.cos(3 * position[i]) * GRAVITY;
            speed = Math.max(-MAX_SPEED, Math.min(MAX_SPEED, speed));
            double place = Math.max(MIN_POSITION, Math.min(MAX_POSITION, position[i] + speed));
            if (place == MIN_POSITION && speed < 0) {
                speed = 0; // the wall on the left stops the car
            }
            position[i] = place;
            velocity[i] = speed;
            terminated[i] = place >= GOAL && speed >= 0;
        }
        Arrays.fill(terms, 1);
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
