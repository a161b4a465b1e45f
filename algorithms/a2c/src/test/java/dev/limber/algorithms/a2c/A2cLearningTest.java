package dev.limber.algorithms.a2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.physics.classiccontrol.CartPole;
import dev.limber.testing.algorithm.LearningRun;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class A2cLearningTest {

    /// A random policy holds the pole for some 22 steps.
    private static final double CLEARLY_BETTER = 150;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void holdsThePoleLongerAndLonger(long seed) {
        EnvironmentFactory cartPole = new CartPole();
        var factory = new A2cFactory();
        Tuning tuning = factory.tuning(cartPole.spec(Options.defaults()));
        try (var run = new LearningRun(cartPole, tuning.copies().orElseThrow(), seed, 200_000, tuning.options(),
                Optional.empty());
                Algorithm algorithm = run.learn(factory)) {
            double last = run.meanReturn(50);
            double greedy = Arrays.stream(run.evaluate(algorithm, 50)).average().orElseThrow();
            assertTrue(last > CLEARLY_BETTER, "mean return of the last training episodes: " + last);
            assertTrue(greedy > CLEARLY_BETTER, "mean return of the greedy policy: " + greedy);
            assertEquals(0, run.notes().size(), () -> run.notes().toString());
        }
    }
}
