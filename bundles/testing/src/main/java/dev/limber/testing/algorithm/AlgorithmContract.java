package dev.limber.testing.algorithm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every algorithm must keep to. Extend it in the tests of an algorithm, once for each kind of action it takes:
///
/// ```java
/// class A2cOnCartPoleContractTest extends AlgorithmContract {
///     @Override
///     protected AlgorithmFactory algorithm() {
///         return new A2cFactory();
///     }
///
///     @Override
///     protected EnvironmentFactory environment() {
///         return new CartPole();
///     }
/// }
/// ```
///
/// States are compared bit for bit.
public abstract class AlgorithmContract {

    private static final int COPIES = 3;
    private static final long SEED = 20_261_122;
    private static final long TOTAL_STEPS = 100_000;

    /// The algorithm under test.
    protected abstract AlgorithmFactory algorithm();

    /// An environment it can learn in, which can be saved and restored.
    protected abstract EnvironmentFactory environment();

    /// The options it is tested with.
    protected Options options() {
        return Options.defaults();
    }

    /// How many iterations a test takes to have learned something; fewer where one is dear.
    protected int iterations() {
        return 6;
    }

    /// Environments it cannot learn in.
    protected List<EnvironmentSpec> unsuitable() {
        return List.of();
    }

    @Test
    void sameSeedGivesTheSameState() {
        assertEquals(learned(SEED), learned(SEED));
    }

    @Test
    void anotherSeedGivesAnotherState() {
        assertNotEquals(learned(SEED), learned(SEED + 1));
    }

    private Object learned(long seed) {
        try (var run = run(environment(), seed);
                Algorithm algorithm = algorithm().create(run)) {
            iterate(algorithm);
            return States.flat(algorithm.save());
        }
    }

    @Test
    void restoredInstanceGoesOnAsTheSavedOneDoes() {
        try (var run = run(environment(), SEED);
                Algorithm algorithm = algorithm().create(run)) {
            iterate(algorithm);
            State environmentState = run.environment().save();
            State state = algorithm.save();
            iterate(algorithm);
            try (var resumed = run(environment(), SEED);
                    Algorithm other = algorithm().create(resumed)) {
                // Whatever it has done before must not show.
                other.iterate();
                resumed.environment().restore(environmentState);
                other.restore(state);
                assertEquals(States.flat(state), States.flat(other.save()), "right after restoring");
                iterate(other);
                assertEquals(States.flat(algorithm.save()), States.flat(other.save()), "after going on");
                assertArrayEquals(run.environment().observations().values(),
                        resumed.environment().observations().values());
            }
        }
    }

    @Test
    void instanceBuiltOutOfAStateGoesOnAsTheSavedOneDoes() {
        try (var run = run(environment(), SEED);
                Algorithm algorithm = algorithm().create(run)) {
            iterate(algorithm);
            State environmentState = run.environment().save();
            State state = algorithm.save();
            iterate(algorithm);
            try (var resumed = run(environment(), SEED)) {
                resumed.environment().restore(environmentState);
                try (Algorithm other = algorithm().create(resumed, state)) {
                    assertEquals(States.flat(state), States.flat(other.save()), "right after it was built");
                    iterate(other);
                    assertEquals(States.flat(algorithm.save()), States.flat(other.save()), "after going on");
                }
                assertThrows(IncompatibleStateException.class,
                        () -> algorithm().create(resumed, new State("someone.else", 7)));
            }
        }
    }

    @Test
    void savedStateDoesNotChangeAfterwards() {
        try (var run = run(environment(), SEED);
                Algorithm algorithm = algorithm().create(run)) {
            State first = algorithm.save();
            var before = States.flat(copied(first));
            iterate(algorithm);
            assertEquals(before, States.flat(first));
            assertNotEquals(before, States.flat(algorithm.save()), "iterations leave the state as it was");
        }
    }

    private static State copied(State state) {
        var copy = new State(state.schema(), state.version());
        state.entries().forEach((name, value) -> {
            switch (value) {
                case String text -> copy.put(name, text);
                case Long number -> copy.put(name, number);
                case Double number -> copy.put(name, number);
                case Boolean flag -> copy.put(name, flag);
                case State nested -> copy.put(name, copied(nested));
                case Tensor tensor -> copy.put(name, new Tensor(tensor.type(),
                        MemorySegment.ofArray(
                                tensor.memory().toArray(ValueLayout.JAVA_BYTE)),
                        tensor.shape()));
                default -> throw new IllegalArgumentException(name + " is a " + value.getClass());
            }
        });
        return copy;
    }

    @Test
    void policyFollowsTheNewestWeights() {
        try (var run = run(environment(), SEED);
                Algorithm algorithm = algorithm().create(run);
                Policy early = algorithm.policy(COPIES)) {
            act(early, run);
            for (int i = 0; i < iterations(); i++) {
                algorithm.iterate();
                try (Policy late = algorithm.policy(COPIES)) {
                    assertArrayEquals(act(late, run), act(early, run), "after iteration " + (i + 1));
                }
            }
        }
    }

    @Test
    void policyMadeOfASavedStateActsTheSame() {
        try (var run = run(environment(), SEED);
                Algorithm algorithm = algorithm().create(run)) {
            iterate(algorithm);
            try (Policy live = algorithm.policy(COPIES);
                    Policy saved = algorithm().policy(run.playing(COPIES), algorithm.save())) {
                for (int i = 0; i < 50; i++) {
                    float[] actions = act(live, run);
                    assertArrayEquals(actions, act(saved, run));
                    run.environment().step(actions);
                }
            }
        }
    }

    @Test
    void actionsOfThePolicyAreInTheActionSpace() {
        try (var run = run(environment(), SEED);
                Algorithm algorithm = algorithm().create(run)) {
            iterate(algorithm);
            try (Policy policy = algorithm.policy(COPIES)) {
                run.environment().spec().action().check(act(policy, run), COPIES, "action");
            }
        }
    }

    @Test
    void stateOfSomethingElseIsRefusedByName() {
        try (var run = run(environment(), SEED);
                Algorithm algorithm = algorithm().create(run)) {
            var stranger = new State("someone.else", 7);
            var thrown = assertThrows(IncompatibleStateException.class, () -> algorithm.restore(stranger));
            assertTrue(thrown.getMessage().contains("someone.else version 7"), thrown.getMessage());
            assertThrows(IncompatibleStateException.class,
                    () -> algorithm().policy(run.playing(COPIES), stranger));
        }
    }

    @Test
    void tensorOfAnotherLengthIsRefusedByNameAndChangesNothing() {
        try (var run = run(environment(), SEED);
                Algorithm algorithm = algorithm().create(run)) {
            iterate(algorithm);
            State later = algorithm.save();
            try (var fresh = run(environment(), SEED + 1);
                    Algorithm other = algorithm().create(fresh)) {
                var before = States.flat(other.save());
                later.entries().forEach((name, value) -> {
                    if (value instanceof Tensor) {
                        var thrown = assertThrows(IncompatibleStateException.class,
                                () -> other.restore(States.withLonger(later, name)), name);
                        assertTrue(thrown.getMessage().contains(name), thrown.getMessage());
                        assertEquals(before, States.flat(other.save()), "after the refusal of '" + name + "'");
                    }
                });
            }
        }
    }

    @Test
    void iterationStepsTheEnvironmentAndMeasuresFiniteNumbers() {
        try (var run = run(environment(), SEED);
                Algorithm algorithm = algorithm().create(run)) {
            for (int i = 0; i < iterations(); i++) {
                long steps = run.progress().steps();
                algorithm.iterate();
                assertTrue(run.progress().steps() > steps, "iteration " + (i + 1) + " took no step");
            }
            assertFalse(run.measured().isEmpty(), "nothing was measured");
            run.measured().forEach((name, value) -> assertTrue(Double.isFinite(value), name + " is " + value));
        }
    }

    @Test
    void closedInstanceThrowsAndClosesOnce() {
        try (var run = run(environment(), SEED)) {
            Algorithm algorithm = algorithm().create(run);
            State state = algorithm.save();
            algorithm.close();
            algorithm.close();
            assertThrows(IllegalStateException.class, algorithm::iterate);
            assertThrows(IllegalStateException.class, algorithm::save);
            assertThrows(IllegalStateException.class, () -> algorithm.restore(state));
            assertThrows(IllegalStateException.class, () -> algorithm.policy(COPIES));
        }
    }

    @Test
    void suitableEnvironmentIsAccepted() {
        algorithm().check(environment().spec(Options.defaults()), options());
    }

    @Test
    void unsuitableEnvironmentIsRefusedInOneLine() {
        assumeTrue(!unsuitable().isEmpty(), "it learns anywhere");
        for (EnvironmentSpec spec : unsuitable()) {
            var thrown = assertThrows(UsageException.class, () -> algorithm().check(spec, options()), spec.name());
            assertTrue(thrown.getMessage().contains(spec.name()), thrown.getMessage());
            assertFalse(thrown.getMessage().contains("\n"), thrown.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void brokenEnvironmentIsNamedBeforeItGetsIntoTheWeights(FaultyEnvironment.Fault fault) {
        boolean numbers = environment().spec(Options.defaults()).observation().size() > 0;
        assumeTrue(numbers || fault != FaultyEnvironment.Fault.OBSERVATION, "any byte is a good pixel");
        EnvironmentFactory faulty = FaultyEnvironment.factory(environment(), fault, 5);
        try (var run = run(faulty, SEED);
                Algorithm algorithm = algorithm().create(run)) {
            var thrown = assertThrows(DivergenceException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    algorithm.iterate();
                }
            });
            assertTrue(thrown.getMessage().contains(fault.name().toLowerCase(Locale.ROOT)),
                    thrown.getMessage());
            assertEquals("", States.notFinite(algorithm.save()), "not finite in the state");
        }
    }

    private LearningRun run(EnvironmentFactory environment, long seed) {
        return new LearningRun(environment, COPIES, seed, TOTAL_STEPS, options(), Optional.empty());
    }

    private void iterate(Algorithm algorithm) {
        for (int i = 0; i < iterations(); i++) {
            algorithm.iterate();
        }
    }

    private static float[] act(Policy policy, LearningRun run) {
        Observations observations = run.environment().observations();
        var actions = new float[COPIES * run.environment().spec().action().size()];
        policy.act(observations, new boolean[COPIES], actions);
        return actions;
    }
}
