package dev.limber.physics.cartpole;

/// The cart-pole's equations of motion, integrated finely by the classical Runge-Kutta method: what is true.
///
/// Florian, "Correct equations for the dynamics of the cart-pole system" (2007), equations 23 and 24 without friction,
/// with the numbers of Gymnasium's CartPole-v1.
final class CartPoleEquations {

    private static final double GRAVITY = 9.8;
    private static final double POLE_MASS = 0.1;
    private static final double TOTAL_MASS = 1.1;
    private static final double HALF_LENGTH = 0.5;
    private static final int SUBSTEPS = 200;

    private final double[] k1 = new double[4];
    private final double[] k2 = new double[4];
    private final double[] k3 = new double[4];
    private final double[] k4 = new double[4];
    private final double[] middle = new double[4];

    /// Cart position and velocity, pole angle and velocity.
    final double[] state;

    CartPoleEquations(double... state) {
        this.state = state.clone();
    }

    /// Goes on for 20 ms under a force.
    void step(double force) {
        double h = CartPoleModel.STEP / SUBSTEPS;
        for (int i = 0; i < SUBSTEPS; i++) {
            rates(state, force, k1);
            rates(along(k1, h / 2), force, k2);
            rates(along(k2, h / 2), force, k3);
            rates(along(k3, h), force, k4);
            for (int k = 0; k < 4; k++) {
                state[k] += h / 6 * (k1[k] + 2 * k2[k] + 2 * k3[k] + k4[k]);
            }
        }
    }

    private double[] along(double[] rates, double h) {
        for (int k = 0; k < 4; k++) {
            middle[k] = state[k] + h * rates[k];
        }
        return middle;
    }

    private static void rates(double[] s, double force, double[] target) {
        double sin = Math.sin(s[2]);
        double cos = Math.cos(s[2]);
        double push = (force + POLE_MASS * HALF_LENGTH * s[3] * s[3] * sin) / TOTAL_MASS;
        double turning = (GRAVITY * sin - cos * push)
                / (HALF_LENGTH * (4.0 / 3 - POLE_MASS * cos * cos / TOTAL_MASS));
        target[0] = s[1];
        target[1] = push - POLE_MASS * HALF_LENGTH * turning * cos / TOTAL_MASS;
        target[2] = s[3];
        target[3] = turning;
    }
}
