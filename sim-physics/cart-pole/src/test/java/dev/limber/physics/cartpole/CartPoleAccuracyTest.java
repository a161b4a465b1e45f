package dev.limber.physics.cartpole;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.physics.World;
import dev.limber.api.plugin.Options;
import dev.limber.physics.jbullet.JBulletEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The bodies move as the equations of the cart-pole say.
class CartPoleAccuracyTest {

    private static final double ALLOWED = 0.02;
    private static final int SUBSTEPS = Options.defaults().as(CartPoleSettings.class).substeps();

    /// Pushes left or right so that the pole stays up, by a linear law of the true state.
    private static int balance(double[] s) {
        return s[0] + 1.5 * s[1] + 18 * s[2] + 3 * s[3] > 0 ? 1 : 0;
    }

    /// The greatest error of the pole's angle [rad] over balancing steps, the environment given the pushes that balance
    /// the true cart-pole.
    private static double balancingError(int substeps, long seed, int steps) {
        try (Environment environment = new CartPole(new JBulletEngine()).create(1,
                Options.of(Map.of("substeps", substeps)))) {
            environment.reset(new long[] {seed});
            var truth = new CartPoleEquations(environment.state(0));
            double worst = 0;
            for (int i = 0; i < steps; i++) {
                int action = balance(truth.state);
                truth.step(action == 1 ? CartPoleModel.FORCE : -CartPoleModel.FORCE);
                environment.step(new float[] {action});
                assertTrue(!environment.terminated()[0], "the pole fell after " + i + " steps");
                worst = Math.max(worst, Math.abs(truth.state[2] - environment.state(0)[2]));
            }
            return worst;
        }
    }

    /// The greatest error of the pole's angle [rad] over steps in which the pole hangs and swings under pushes of
    /// changing direction.
    private static double hangingError(int substeps, int steps) {
        try (World world = new JBulletEngine().create(CartPoleModel.model(), CartPoleModel.options(substeps))) {
            double[] q = {0, Math.PI - 0.4};
            double[] qd = new double[2];
            world.setJoints(q, qd);
            var truth = new CartPoleEquations(q[0], qd[0], q[1], qd[1]);
            double worst = 0;
            for (int i = 0; i < steps; i++) {
                double push = i / 13 % 2 == 0 ? 1 : -1;
                truth.step(push * CartPoleModel.FORCE);
                world.setControl(new double[] {push});
                world.step(substeps);
                world.positions(q);
                worst = Math.max(worst, Math.abs(truth.state[2] - q[1]));
            }
            return worst;
        }
    }

    @Test
    void balancingPoleIsWhereTheEquationsSay() {
        double worst = 0;
        for (long seed = 1; seed <= 5; seed++) {
            worst = Math.max(worst, balancingError(SUBSTEPS, seed, 100));
        }
        System.out.printf("balancing: pole angle within %.5f rad of the equations over 100 steps%n", worst);
        assertTrue(worst < ALLOWED, "error " + worst + " rad");
    }

    @Test
    void hangingPoleIsWhereTheEquationsSay() {
        double worst = hangingError(SUBSTEPS, 200);
        System.out.printf("hanging: pole angle within %.5f rad of the equations over 200 steps%n", worst);
        assertTrue(worst < ALLOWED, "error " + worst + " rad");
    }

    @Test
    void errorShrinksWithTheSquareOfTheStep() {
        double one = hangingError(1, 200);
        double four = hangingError(4, 200);
        System.out.printf("hanging: %.5f rad with 1 substep of 20 ms, %.5f rad with 4; balancing with 4: %.5f rad%n",
                one,
                four, balancingError(4, 1, 100));
        // A method of first order would come to 1/4, one of second order to 1/16.
        assertTrue(four < one / 10, "from 1 to 4 substeps the error went from " + one + " to " + four + " rad");
    }
}
