package dev.limber.physics.classiccontrol;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.render.Scene;
import dev.limber.environments.ArrayKernel;
import java.util.Arrays;

/// The cart-pole equations of Gymnasium's CartPole-v1, explicit Euler with 20 ms.
///
/// State: cart position, cart velocity, pole angle, pole angular velocity.
final class CartPoleKernel extends ArrayKernel {

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

    private final double[] position = variable();
    private final double[] velocity = variable();
    private final double[] angle = variable();
    private final double[] angular = variable();

    // One array per intermediate result and a loop for each: C2 unrolls, and so vectorises, small loop bodies only.
    private final double[] sin;
    private final double[] cos;
    private final double[] force;
    private final double[] push;
    private final double[] angularAcceleration;

    CartPoleKernel(int copies) {
        super(copies);
        sin = new double[copies];
        cos = new double[copies];
        force = new double[copies];
        push = new double[copies];
        angularAcceleration = new double[copies];
    }

    @Override
    public void begin(int copy, SeededRandom random) {
        position[copy] = first(random);
        velocity[copy] = first(random);
        angle[copy] = first(random);
        angular[copy] = first(random);
    }

    private static double first(SeededRandom random) {
        return -0.05 + 0.1 * random.nextDouble();
    }

    @Override
    public void step(float[] actions, float[] terms, boolean[] terminated) {
        // A running episode never leaves the small angles: beyond MAX_ANGLE it has ended. Only setState can.
        if (smallAngles()) {
            findSmallSines();
        } else {
            findSines();
        }
        findForce(actions);
        findAcceleration();
        move();
        turn();
        findFallen(terminated);
        Arrays.fill(terms, 1);
    }

    private boolean smallAngles() {
        boolean small = true;
        for (int i = 0; i < angle.length; i++) {
            small &= Math.abs(angle[i]) <= SMALL_ANGLE;
        }
        return small;
    }

    private void findSmallSines() {
        for (int i = 0; i < angle.length; i++) {
            sin[i] = smallSin(angle[i]);
        }
        for (int i = 0; i < angle.length; i++) {
            cos[i] = smallCos(angle[i]);
        }
    }

    private void findSines() {
        for (int i = 0; i < angle.length; i++) {
            // Copy by copy, so that no copy depends on the angles of the others, not even by a rounding.
            boolean small = Math.abs(angle[i]) <= SMALL_ANGLE;
            sin[i] = small ? smallSin(angle[i]) : Math.sin(angle[i]);
            cos[i] = small ? smallCos(angle[i]) : Math.cos(angle[i]);
        }
    }

    private void findForce(float[] actions) {
        for (int i = 0; i < actions.length; i++) {
            force[i] = 2 * FORCE * actions[i] - FORCE;
        }
    }

    private void findAcceleration() {
        for (int i = 0; i < angular.length; i++) {
            push[i] = (force[i] + POLE_MASS_LENGTH * angular[i] * angular[i] * sin[i]) * PER_TOTAL_MASS;
        }
        for (int i = 0; i < angular.length; i++) {
            angularAcceleration[i] = (GRAVITY * sin[i] - cos[i] * push[i])
                    / (INERTIA - INERTIA_SHARE * cos[i] * cos[i]);
        }
    }

    private void move() {
        for (int i = 0; i < position.length; i++) {
            double before = velocity[i];
            velocity[i] = before + STEP * (push[i] - POLE_SHARE * angularAcceleration[i] * cos[i]);
            position[i] += STEP * before;
        }
    }

    private void turn() {
        for (int i = 0; i < angle.length; i++) {
            double before = angular[i];
            angular[i] = before + STEP * angularAcceleration[i];
            angle[i] += STEP * before;
        }
    }

    private void findFallen(boolean[] terminated) {
        for (int i = 0; i < terminated.length; i++) {
            terminated[i] = Math.abs(position[i]) > MAX_POSITION | Math.abs(angle[i]) > MAX_ANGLE;
        }
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

    @Override
    public void observe(int from, int to, float[] observations) {
        for (int i = from; i < to; i++) {
            int row = 4 * i;
            observations[row] = (float) position[i];
            observations[row + 1] = (float) velocity[i];
            observations[row + 2] = (float) angle[i];
            observations[row + 3] = (float) angular[i];
        }
    }

    @Override
    public int bodies() {
        return 2;
    }

    @Override
    public void poses(int copy, double[] target, int offset) {
        Planar.pose(target, offset, position[copy], 0, 0);
        Planar.pose(target, offset + Scene.POSE, position[copy], 0, angle[copy]);
    }
}
