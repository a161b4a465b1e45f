package dev.limber.algorithms.a2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.physics.classiccontrol.CartPole;
import dev.limber.physics.classiccontrol.Pendulum;
import dev.limber.testing.algorithm.LearningRun;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class A2cFactoryTest {

    private final A2cFactory factory = new A2cFactory();

    @ParameterizedTest
    @CsvSource({"optimizer, sgd, adam", "schedule, step, linear", "activation, swish, tanh", "hidden, 64x64, '64,64'"})
    void unknownChoiceIsNamedWithWhatWouldBeRight(String option, String wrong, String right) {
        var spec = new CartPole().spec(Options.defaults());
        var thrown = assertThrows(UsageException.class,
                () -> factory.check(spec, Options.of(Map.of(option, wrong))));
        assertTrue(thrown.getMessage().contains("'" + wrong + "'"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(right), thrown.getMessage());
    }

    @Test
    void tuningIsKnownForWhatItWasMeasuredOnAndFits() {
        var spec = new CartPole().spec(Options.defaults());
        Tuning tuning = factory.tuning(spec);
        assertTrue(tuning.steps().isPresent());
        factory.check(spec, tuning.options());
        var unknown = EnvironmentSpec.of("Unknown-v0", spec.observation(), spec.action());
        assertEquals(Tuning.NONE, factory.tuning(unknown.build()));
    }

    @Test
    void stateForOtherSpacesOrLayersIsRefused() {
        State state;
        try (var run = new LearningRun(new CartPole(), 2, 1, 1000, Options.defaults(), Optional.empty());
                Algorithm algorithm = factory.create(run)) {
            state = algorithm.save();
        }
        try (var run = new LearningRun(new Pendulum(), 2, 1, 1000, Options.defaults(), Optional.empty())) {
            var spaces = assertThrows(IncompatibleStateException.class, () -> factory.policy(run.playing(1), state));
            assertTrue(spaces.getMessage().contains("Pendulum-v1"), spaces.getMessage());
        }
        try (var run = new LearningRun(new CartPole(), 2, 1, 1000, Options.of(Map.of("hidden", "32")),
                Optional.empty());
                Algorithm algorithm = factory.create(run)) {
            var layers = assertThrows(IncompatibleStateException.class, () -> algorithm.restore(state));
            assertTrue(layers.getMessage().contains("4 -> 64 -> 64 -> 2"), layers.getMessage());
            assertTrue(layers.getMessage().contains("4 -> 32 -> 2"), layers.getMessage());
        }
    }
}
