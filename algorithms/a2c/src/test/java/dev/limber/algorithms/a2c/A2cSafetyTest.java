package dev.limber.algorithms.a2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.physics.classiccontrol.CartPole;
import dev.limber.physics.classiccontrol.Pendulum;
import dev.limber.testing.algorithm.LearningRun;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What happens when learning goes wrong.
class A2cSafetyTest {

    static Stream<EnvironmentFactory> environments() {
        return Stream.of(new CartPole(), new Pendulum());
    }

    private static LearningRun run(EnvironmentFactory environment, long steps, double lr) {
        return new LearningRun(environment, 2, 1, steps,
                Options.of(Map.of("lr", lr, "hidden", "16")),
                Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("environments")
    void absurdLearningRateIsStoppedByName(EnvironmentFactory environment) {
        try (var run = run(environment, 5000, 1e30)) {
            var thrown = assertThrows(DivergenceException.class, () -> run.learn(new A2cFactory()).close());
            assertTrue(thrown.getMessage().matches("((value|gradient) of (actor|critic), layer [12] (weight|bias)"
                    + "|(value|gradient) of logarithms of the standard deviations|(policy|value) loss"
                    + ") is .* update \\d+.*|(logits|action) of row \\d.*"), thrown.getMessage());
        }
    }

    @Test
    void explosionIsToldOncePerMetric() {
        try (var run = run(new CartPole(), 5000, 300)) {
            run.learn(new A2cFactory()).close();
            assertTrue(run.notes().stream().anyMatch(note -> note.startsWith("update/weights is ")),
                    run.notes()::toString);
            var metrics = run.notes().stream().map(note -> note.substring(0, note.indexOf(' '))).toList();
            assertEquals(new HashSet<>(metrics).size(), metrics.size(), metrics::toString);
            assertTrue(run.measured().keySet().containsAll(metrics), metrics::toString);
        }
    }
}
