package dev.limber.physics.classiccontrol;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.render.Scene;
import dev.limber.environments.ArrayKernel;

/// The equations of Gymnasium's Acrobot-v1 in the form of Sutton and Barto's book, one step of the classic fourth-order
/// Runge-Kutta method with 200 ms. Both links have 1 kg, 1 m, their centre of mass in the middle and 1 kg m^2.
///
/// State: first angle from hanging, second relative to the first, their velocities. The reward's term is 1 until the
/// goal is reached.
final class AcrobotKernel extends ArrayKernel {

    static final double MAX_SPEED_1 = 4 * Math.PI;
    static final double MAX_SPEED_2 = 9 * Math.PI;
    static final double STEP = 0.2;

    private static final int SIZE = 4;
    private static final double GRAVITY = 9.8;
    private static final double CENTRE = 0.5;
    private static final double CENTRE_SQUARED = CENTRE * CENTRE;
    private static final double INERTIA = 1;

    private final double[] angle1 = variable();
    private final double[] angle2 = variable();
    private final double[] speed1 = variable();
    private final double[] speed2 = variable();

    private final double[] start = new double[SIZE];
    private final double[] point = new double[SIZE];
    private final double[] slope1 = new double[SIZE];
    private final double[] slope2 = new double[SIZE];
    private final double[] slope3 = new double[SIZE];
    private final double[] slope4 = new double[SIZE];

    AcrobotKernel(int copies) {
        super(copies);
    }

    @Override
    public void begin(int copy, SeededRandom random) {
        angle1[copy] = first(random);
        angle2[copy] = first(random);
        speed1[copy] = first(random);
        speed2[copy] = first(random);
    }

    private static double first(SeededRandom random) {
        return (float) (-0.1 + 0.2 * random.nextDouble()); // Gymnasium draws in float32
    }

    @Override
    public void step(float[] actions, float[] terms, boolean[] terminated) {
        for (int i = 0; i < terminated.length; i++) {
            start[0] = angle1[i];
            start[1] = angle2[i];
            start[2] = speed1[i];
            start[3] = speed2[i];
            integrate(actions[i] - 1);
            angle1[i] = wrapped(point[0]);
            angle2[i] = wrapped(point[1]);
            speed1[i] = Math.max(-MAX_SPEED_1, Math.min(MAX_SPEED_1, point[2]));
            speed2[i] = Math.max(-MAX_SPEED_2, Math.min(MAX_SPEED_2, point[3]));
            // The end of the chain is more than one link above the joint it hangs from.
            terminated[i] = -Math.cos(angle1[i]) - Math.cos(angle2[i] + angle1[i]) > 1;
            terms[i] = terminated[i] ? 0 : 1;
        }
    }

    /// From `start` to `point`.
    private void integrate(double torque) {
        slope(start, torque, slope1);
        advance(slope1, STEP / 2);
        slope(point, torque, slope2);
        advance(slope2, STEP / 2);
        slope(point, torque, slope3);
        advance(slope3, STEP);
        slope(point, torque, slope4);
        for (int k = 0; k < SIZE; k++) {
            point[k] = start[k] + STEP / 6 * (slope1[k] + 2 * slope2[k] + 2 * slope3[k] + slope4[k]);
        }
    }

    private void advance(double[] slope, double step) {
        for (int k = 0; k < SIZE; k++) {
            point[k] = start[k] + step * slope[k];
        }
    }

    private static void slope(double[] at, double torque, double[] slope) {
        double first = at[0];
        double second = at[1];
        double rate1 = at[2];
        double rate2 = at[3];
        double sin2 = Math.sin(second);
        double cos2 = Math.cos(second);
        double d1 = CENTRE_SQUARED + (1 + CENTRE_SQUARED + 2 * CENTRE * cos2) + 2 * INERTIA;
        double d2 = CENTRE_SQUARED + CENTRE * cos2 + INERTIA;
        double phi2 = CENTRE * GRAVITY * Math.cos(first + second - Math.PI / 2);
        double phi1 = -CENTRE * rate2 * rate2 * sin2 - 2 * CENTRE * rate2 * rate1 * sin2
                + (CENTRE + 1) * GRAVITY * Math.cos(first - Math.PI / 2) + phi2;
        double acceleration2 = (torque + d2 / d1 * phi1 - CENTRE * rate1 * rate1 * sin2 - phi2)
                / (CENTRE_SQUARED + INERTIA - d2 * d2 / d1);
        slope[0] = rate1;
        slope[1] = rate2;
        slope[2] = -(d2 * acceleration2 + phi1) / d1;
        slope[3] = acceleration2;
    }

    /// The angle within [-pi, pi].
    private static double wrapped(double angle) {
        return Math.abs(angle) <= Math.PI ? angle : Math.IEEEremainder(angle, 2 * Math.PI);
    }

    @Override
    public void observe(int from, int to, float[] observations) {
        for (int i = from; i < to; i++) {
            int row = 6 * i;
            observations[row] = (float) Math.cos(angle1[i]);
            observations[row + 1] = (float) Math.sin(angle1[i]);
            observations[row + 2] = (float) Math.cos(angle2[i]);
            observations[row + 3] = (float) Math.sin(angle2[i]);
            observations[row + 4] = (float) speed1[i];
            observations[row + 5] = (float) speed2[i];
        }
    }

    @Override
    public int bodies() {
        return 2;
    }

    @Override
    public void poses(int copy, double[] target, int offset) {
        double first = angle1[copy];
        Planar.pose(target, offset, 0, 0, -first); // counter-clockwise, as in Gymnasium
        Planar.pose(target, offset + Scene.POSE, StrictMath.sin(first), -StrictMath.cos(first),
                -(first + angle2[copy]));
    }
}
