package dev.limber.physics.classiccontrol;

import dev.limber.api.random.SeededRandom;
import java.util.Arrays;

/// The cart-pole equations of Gymnasium's CartPole-v1, explicit Euler with 20 ms.
///
/// State: cart position, cart velocity, pole angle, pole angular velocity.
final class CartPoleKernel implements Kernel {

    static final double MAX_POSITION = 2.4;
    static final double MAX_ANGLE = 12 * 2 * Math.PI / 360;
    static final double STEP = 0.02;

    private static final double GRAVITY = 9.8;
    private static final double POLE_MASS = 0.1;
    private static final double TOTAL_MASS = 1.0 + POLE_MASS;
    private static final double HALF_LENGTH = 0.5;
    private static final double POLE_MASS_LENGTH = POLE_MASS * HALF_LENGTH;
    private static final double FORCE = 10;

    // Multiplying by these vectorises better than dividing, and differs by a rounding.
    private static final double PER_TOTAL_MASS = 1 / TOTAL_MASS;
    private static final double POLE_SHARE = POLE_MASS_LENGTH / TOTAL_MASS;
    private static final double INERTIA = HALF_LENGTH * 4 / 3;
    private static final double INERTIA_SHARE = HALF_LENGTH * POLE_MASS / TOTAL_MASS;

    /// Up to this angle the polynomials are as exact as `Math.sin` and `Math.cos`, which no loop vectorises.
    private static final double SMALL_ANGLE = 0.5;

    @Override
    public void begin(double[][] state, int copy, SeededRandom random) {
        for (double[] variable : state) {
            variable[copy] = -0.05 + 0.1 * random.nextDouble();
        }
    }

    @Override
    public void step(double[][] state, float[] actions, float[] terms, boolean[] terminated) {
        // A running episode never leaves the small angles: beyond MAX_ANGLE it has ended. Only setState can.
        if (smallAngles(state[2])) {
            stepSmallAngles(state[0], state[1], state[2], state[3], actions);
        } else {
            stepAnyAngles(state[0], state[1], state[2], state[3], actions);
        }
        findFallen(state[0], state[2], terminated);
        Arrays.fill(terms, 1);
    }

    private static boolean smallAngles(double[] angle) {
        boolean small = true;
        for (int i = 0; i < angle.length; i++) {
            small &= Math.abs(angle[i]) <= SMALL_ANGLE;
        }
        return small;
    }

    private static void stepSmallAngles(double[] position, double[] velocity, double[] angle, double[] angular,
            float[] actions) {
        for (int i = 0; i < position.length; i++) {
            step(position, velocity, angle, angular, actions, i, smallSin(angle[i]), smallCos(angle[i]));
        }
    }

    private static void stepAnyAngles(double[] position, double[] velocity, double[] angle, double[] angular,
            float[] actions) {
        for (int i = 0; i < position.length; i++) {
            // Copy by copy, so that no copy depends on the angles of the others, not even by a rounding.
            boolean small = Math.abs(angle[i]) <= SMALL_ANGLE;
            double sin = small ? smallSin(angle[i]) : Math.sin(angle[i]);
            double cos = small ? smallCos(angle[i]) : Math.cos(angle[i]);
            step(position, velocity, angle, angular, actions, i, sin, cos);
        }
    }

    private static void step(double[] position, double[] velocity, double[] angle, double[] angular, float[] actions,
            int i, double sin, double cos) {
        double force = 2 * FORCE * actions[i] - FORCE;
        double temporary = (force + POLE_MASS_LENGTH * angular[i] * angular[i] * sin) * PER_TOTAL_MASS;
        double angularAcceleration = (GRAVITY * sin - cos * temporary) / (INERTIA - INERTIA_SHARE * cos * cos);
        double acceleration = temporary - POLE_SHARE * angularAcceleration * cos;
        position[i] += STEP * velocity[i];
        velocity[i] += STEP * acceleration;
        angle[i] += STEP * angular[i];
        angular[i] += STEP * angularAcceleration;
    }

    /// Taylor's series to x^13.
    private static double smallSin(double x) {
        double q = x * x;
        return x + x * q * (-1 / 6.0 + q * (1 / 120.0
                + q * (-1 / 5040.0 + q * (1 / 362880.0 + q * (-1 / 39916800.0 + q * (1 / 6227020800.0))))));
    }

    /// Taylor's series to x^14.
    private static double smallCos(double x) {
        double q = x * x;
        return 1 + q * (-1 / 2.0 + q * (1 / 24.0 + q * (-1 / 720.0
                + q * (1 / 40320.0 + q * (-1 / 3628800.0 + q * (1 / 479001600.0 + q * (-1 / 87178291200.0)))))));
    }

    private static void findFallen(double[] position, double[] angle, boolean[] terminated) {
        for (int i = 0; i < terminated.length; i++) {
            terminated[i] = Math.abs(position[i]) > MAX_POSITION | Math.abs(angle[i]) > MAX_ANGLE;
        }
    }

    @Override
    public void observe(double[][] state, int from, int to, float[] observations) {
        double[] position = state[0];
        double[] velocity = state[1];
        double[] angle = state[2];
        double[] angular = state[3];
        for (int i = from; i < to; i++) {
            int row = 4 * i;
            observations[row] = (float) position[i];
            observations[row + 1] = (float) velocity[i];
            observations[row + 2] = (float) angle[i];
            observations[row + 3] = (float) angular[i];
        }
    }
}
