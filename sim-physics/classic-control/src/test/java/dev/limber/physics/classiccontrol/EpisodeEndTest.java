package dev.limber.physics.classiccontrol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where episodes end and what the last step pays, which the recorded trajectories do not reach. The values beside each
/// limit follow from Gymnasium's equations by one step from a state that is set.
class EpisodeEndTest {

    @ParameterizedTest
    @CsvSource({"2.39,0.4,0,0,false", "2.39,0.6,0,0,true", "-2.39,-0.6,0,0,true", "0,0,0.2094,0.001,false",
        "0,0,0.2094,0.003,true", "0,0,-0.2094,-0.003,true"})
    void cartPoleEndsBeyondItsTrackOrAngle(double position, double velocity, double angle, double angular,
            boolean ends) {
        try (Environment environment = started(new CartPole())) {
            environment.setState(0, new double[] {position, velocity, angle, angular});
            environment.step(new float[] {1});
            assertEquals(ends, environment.terminated()[0]);
            assertFalse(environment.truncated()[0]);
            assertEquals(1, environment.rewards()[0], "the step that ends an episode is paid too");
        }
    }

    @Test
    void cartPoleOfALargeAngleFollowsTheSameEquations() {
        // Upside down at rest, pushed right: sin 0, cos -1, and the angle is far outside what an episode reaches.
        try (Environment environment = started(new CartPole())) {
            environment.setState(0, new double[] {0, 0, Math.PI, 0});
            environment.step(new float[] {1});
            double push = 10 / 1.1;
            double angular = push / (0.5 * (4.0 / 3 - 0.1 / 1.1));
            double linear = push + 0.05 * angular / 1.1;
            assertTrue(environment.terminated()[0]);
            float[] observation = environment.finalObservations().values();
            assertArrayEquals(new float[] {0, (float) (0.02 * linear), (float) Math.PI, (float) (0.02 * angular)},
                    observation, 1e-6f);
        }
    }

    @Test
    void mountainCarEndsAtTheFlagAndStopsAtTheWall() {
        try (Environment environment = started(new MountainCar())) {
            environment.setState(0, new double[] {0.49, 0.03});
            environment.step(new float[] {2});
            assertTrue(environment.terminated()[0]);
            assertEquals(-1, environment.rewards()[0]);
            environment.setState(0, new double[] {-1.19, -0.05});
            environment.step(new float[] {0});
            assertArrayEquals(new double[] {-1.2, 0}, environment.state(0));
            assertFalse(environment.terminated()[0]);
        }
    }

    @Test
    void continuousMountainCarIsPaidForTheGoalLessItsEffort() {
        try (Environment environment = started(new MountainCarContinuous())) {
            environment.setState(0, new double[] {0.44, 0.03});
            environment.step(new float[] {0.5f});
            assertTrue(environment.terminated()[0]);
            assertArrayEquals(new float[] {1, 0.25f}, environment.rewardTerms());
            assertEquals(100 - 0.1 * 0.25, environment.rewards()[0], 1e-5);
        }
    }

    @Test
    void acrobotEndsAboveTheLineAndIsNotChargedForThatStep() {
        try (Environment environment = started(new Acrobot())) {
            environment.setState(0, new double[] {0, 0, 0, 0});
            environment.step(new float[] {1});
            assertFalse(environment.terminated()[0]);
            assertEquals(-1, environment.rewards()[0]);
            environment.setState(0, new double[] {3.1, 0, 0, 0});
            environment.step(new float[] {1});
            assertTrue(environment.terminated()[0]);
            assertEquals(0, environment.rewards()[0]);
        }
    }

    @Test
    void acrobotsAnglesAreWrapped() {
        try (Environment environment = started(new Acrobot())) {
            environment.setState(0, new double[] {0, 3.1, 0, 9});
            environment.step(new float[] {1});
            assertTrue(Math.abs(environment.state(0)[1]) <= Math.PI, "angle " + environment.state(0)[1]);
        }
    }

    @Test
    void pendulumsSpeedIsLimitedAndItsGravityAnOption() {
        try (Environment environment = started(new Pendulum())) {
            environment.setState(0, new double[] {Math.PI / 2, 7.9});
            environment.step(new float[] {2});
            assertEquals(8, environment.state(0)[1]);
        }
        try (Environment weightless = new Pendulum().create(1, Options.defaults().with("g", 0))) {
            weightless.reset(new long[] {1});
            weightless.setState(0, new double[] {1, 0.5});
            weightless.step(new float[] {0});
            assertArrayEquals(new double[] {1 + 0.5 * 0.05, 0.5}, weightless.state(0), 1e-15);
        }
    }

    private static Environment started(EnvironmentFactory factory) {
        Environment environment = factory.create(1, Options.defaults());
        environment.reset(new long[] {1});
        return environment;
    }
}
