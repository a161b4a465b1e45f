package dev.limber.physics.cartpole;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.physics.cartpole.Variation.Episode;
import dev.limber.physics.jbullet.JBulletEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How cart-poles differ from one another.
class VariationTest {

    private static final int SUBSTEPS = Options.defaults().as(CartPoleSettings.class).substeps();
    private static final double[] START = {0.01, -0.02, 0.03, 0.01};

    /// Gymnasium's cart-pole as an episode, with some numbers set otherwise.
    ///
    /// @param changes places in [Episode#numbers] and what they become
    private static VariedCartPole cartPole(double... changes) {
        double[] numbers = {0.05, 1, 0.1, 1, 0, 1, Double.POSITIVE_INFINITY, 0, 0, 0, 0};
        for (int i = 0; i < changes.length; i += 2) {
            numbers[(int) changes[i]] = changes[i + 1];
        }
        var made = new VariedCartPole(Episode.of(numbers), new JBulletEngine(), SUBSTEPS, new SeededRandom(1));
        made.place(START);
        return made;
    }

    private static double[] state(VariedCartPole cartPole) {
        double[] state = new double[VariedCartPole.SIZE];
        cartPole.state(state);
        return state;
    }

    private static double push(int step) {
        return Math.sin(0.7 * step);
    }

    @Test
    void withGymnasiumsNumbersItMovesAsTheUnvariedOne() {
        try (VariedCartPole varied = cartPole();
                Environment unvaried = new CartPole(new JBulletEngine()).create(1,
                        Options.of(Map.of("action", "continuous")))) {
            unvaried.reset(new long[] {1});
            unvaried.setState(0, START);
            int steps = 0;
            while (!varied.step((float) push(steps))) {
                unvaried.step(new float[] {(float) push(steps)});
                assertArrayEquals(unvaried.state(0), state(varied));
                steps++;
            }
            assertTrue(steps > 15, "it fell after " + steps + " steps");
        }
    }

    @Test
    void actionsComeLaterByTheirDelay() {
        try (VariedCartPole late = cartPole(7, 2 * CartPoleModel.STEP);
                VariedCartPole prompt = cartPole()) {
            prompt.step(0);
            prompt.step(0);
            late.step(push(0));
            late.step(push(1));
            for (int i = 0; i < 20; i++) {
                prompt.step(push(i));
                late.step(push(i + 2));
                assertArrayEquals(state(prompt), state(late));
            }
        }
    }

    @Test
    void observationsAreAsOldAsTheirDelay() {
        try (VariedCartPole cartPole = cartPole(8, CartPoleModel.STEP)) {
            float[] seen = new float[VariedCartPole.SIZE];
            for (int i = 0; i < 20; i++) {
                double[] before = state(cartPole);
                cartPole.step(push(i));
                cartPole.observe(seen, 0);
                for (int k = 0; k < seen.length; k++) {
                    assertEquals((float) before[k], seen[k]);
                }
            }
        }
    }

    @Test
    void noiseIsOfTheSizeThatWasAskedFor() {
        try (VariedCartPole cartPole = cartPole(9, 0.002, 10, 0.05)) {
            float[] seen = new float[VariedCartPole.SIZE];
            double[] squares = new double[VariedCartPole.SIZE];
            int steps = 2000;
            for (int i = 0; i < steps; i++) {
                cartPole.place(START);
                cartPole.observe(seen, 0);
                for (int k = 0; k < seen.length; k++) {
                    squares[k] += Math.pow(seen[k] - START[k], 2) / steps;
                }
            }
            for (int k = 0; k < squares.length; k++) {
                double wanted = k % 2 == 0 ? 0.002 : 0.05;
                assertEquals(wanted, Math.sqrt(squares[k]), 0.1 * wanted);
            }
        }
    }

    @Test
    void frictionHoldsWhatIsPushedLess() {
        try (VariedCartPole rough = cartPole(4, 2);
                VariedCartPole smooth = cartPole()) {
            double[] upright = {0, 0, 0, 0};
            rough.place(upright);
            smooth.place(upright);
            for (int i = 0; i < 10; i++) {
                rough.step(0.1); // 1 N
                smooth.step(0.1);
            }
            assertTrue(state(smooth)[0] > 10 * Math.abs(state(rough)[0]),
                    state(smooth)[0] + " m without friction, " + state(rough)[0] + " m with");
        }
    }

    @Test
    void aMotorDoesNotDriveBeyondItsTopSpeed() {
        try (VariedCartPole slow = cartPole(6, 0.8);
                VariedCartPole fast = cartPole()) {
            double fastest = 0;
            for (int i = 0; i < 25; i++) {
                slow.step(1);
                fast.step(1);
                fastest = Math.max(fastest, state(slow)[1]);
            }
            assertTrue(fastest < 0.9 && state(fast)[1] > 2, fastest + " m/s, without it " + state(fast)[1] + " m/s");
        }
    }

    @Test
    void episodesDifferAndStayInTheirRanges() {
        var variation = Variation.of(Options.of(Map.of("cartMass", "0.7..1.5", "friction", "0.1..0.6"))
                .as(CartPoleSettings.class));
        var random = new SeededRandom(4);
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < 200; i++) {
            Episode episode = variation.draw(random);
            assertTrue(episode.friction() >= 0.1 && episode.friction() <= 0.6, episode.toString());
            assertEquals(1, episode.poleLength());
            least = Math.min(least, episode.cartMass());
            most = Math.max(most, episode.cartMass());
        }
        assertTrue(least >= 0.7 && least < 0.75 && most <= 1.5 && most > 1.45, least + " to " + most);
        assertNotEquals(variation.draw(random), variation.draw(random));
    }

    @Test
    void whatIsNoRangeIsRefused() {
        var factory = new CartPole(new JBulletEngine());
        for (String text : new String[] {"heavy", "2..1", "0.05", "1..", "1..99"}) {
            var thrown = assertThrows(UsageException.class,
                    () -> factory.spec(Options.of(Map.of("cartMass", text))));
            assertEquals(
                    "option 'cartMass' is '" + text + "', it must be a number or a range LOW..HIGH from 0.1 to 10.0",
                    thrown.getMessage());
        }
    }
}
