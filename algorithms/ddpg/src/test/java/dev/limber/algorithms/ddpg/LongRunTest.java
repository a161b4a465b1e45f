package dev.limber.algorithms.ddpg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.state.State;
import dev.limber.physics.classiccontrol.MountainCarContinuous;
import dev.limber.physics.classiccontrol.Pendulum;
import dev.limber.testing.algorithm.LearningRun;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What shows after many updates: learning, divergence, memory; and what options do to a run.
class LongRunTest {

    private static final Options TINY = Options.of(Map.of("hidden", "8", "batch", 8, "warmup", 20));

    private static final Options LEARNING = Options.of(Map.of("hidden", "64,64", "batch", 64, "warmup", 4000, "gamma",
            0.98, "policyDelay", 1));

    static Stream<AlgorithmFactory> algorithms() {
        return Stream.of(new DdpgFactory(), new Td3Factory(), new SacFactory());
    }

    private static LearningRun run(long steps, Options options) {
        return new LearningRun(new Pendulum(), 1, 11, steps, options, Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void pendulumIsSwungUp(AlgorithmFactory factory) {
        assertSwungUp(factory, LEARNING);
    }

    @Test
    void pendulumIsSwungUpByUpdatesBesideTheEnvironment() {
        assertSwungUp(new SacFactory(), LEARNING.with("overlap", true));
    }

    private static void assertSwungUp(AlgorithmFactory factory, Options options) {
        try (var run = run(8000, options);
                Algorithm algorithm = run.learn(factory)) {
            double mean = Arrays.stream(run.evaluate(algorithm, 50)).average().orElseThrow();
            // Hanging about gives -1200.
            assertTrue(mean > -300, "mean return " + mean);
            assertEquals(List.of(), run.notes());
        }
    }

    /// The gradient is averaged in the order of the parts, whichever thread was first.
    @ParameterizedTest
    @MethodSource("algorithms")
    void runOnSeveralThreadsRepeatsBitForBit(AlgorithmFactory factory) {
        assertArrayEquals(actorAfter(factory, 4), actorAfter(factory, 4));
    }

    private static float[] actorAfter(AlgorithmFactory factory, int threads) {
        try (var run = run(200, TINY.with("learnerThreads", threads));
                Algorithm algorithm = run.learn(factory)) {
            State actor = algorithm.save().state("actor");
            return actor.tensor("parameters").memory().toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void absurdLearningRateIsStoppedByNameBeforeItActs(AlgorithmFactory factory) {
        try (var run = run(5000, TINY.with("lr", 1e30));
                Algorithm algorithm = factory.create(run)) {
            var thrown = assertThrows(DivergenceException.class, () -> {
                while (run.progress().steps() < 5000) {
                    algorithm.iterate();
                }
            });
            assertTrue(
                    thrown.getMessage().matches("((value|gradient) of (critic|actor)( [12])?, layer [12] (weight|bias)"
                            + "|(critic|actor) loss|action 0 of copy 0|entropy coefficient) is .* update \\d+.*"),
                    thrown.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void numberThatIsNotFiniteInTheWeightsIsFoundByTheNextUpdate(AlgorithmFactory factory) {
        try (var run = run(1000, TINY);
                Algorithm algorithm = factory.create(run)) {
            for (int i = 0; i < 30; i++) {
                algorithm.iterate();
            }
            var critics = ((ReplayLearner) algorithm).critics();
            critics.memory(critics.members() - 1).setAtIndex(ValueLayout.JAVA_FLOAT, 3, Float.NaN);
            var thrown = assertThrows(DivergenceException.class, algorithm::iterate);
            assertTrue(thrown.getMessage().startsWith("critic loss is NaN in update 11"), thrown.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void explosionIsToldOncePerMetric(AlgorithmFactory factory) {
        try (var run = run(1000, TINY);
                Algorithm algorithm = factory.create(run)) {
            for (int i = 0; i < 30; i++) {
                algorithm.iterate();
            }
            assertEquals(List.of(), run.notes());
            var weights = ((ReplayLearner) algorithm).critics().parameters().memory();
            for (long i = 0; i < weights.byteSize() / Float.BYTES; i++) {
                weights.setAtIndex(ValueLayout.JAVA_FLOAT, i, 2000 * weights.getAtIndex(ValueLayout.JAVA_FLOAT, i));
            }
            for (int i = 0; i < 10; i++) {
                algorithm.iterate();
            }
            var told = run.notes().stream().map(note -> note.substring(0, note.indexOf(' '))).toList();
            assertEquals(new HashSet<>(told).size(), told.size(), told::toString);
            assertTrue(told.containsAll(List.of("critic/loss", "critic/value", "critic/weights")), told::toString);
            assertTrue(run.measured().keySet().containsAll(told), told::toString);
        }
    }

    /// The smallest tensor of an update, 64 numbers and their object, has over 500 bytes off the heap, most have more: one
    /// leaked per update would be 250 kB in every window. What the compilers of the JVM take off the heap and give
    /// back shows in some windows and not in others, so that the least counts.
    @ParameterizedTest
    @MethodSource("algorithms")
    @EnabledOnOs(OS.LINUX)
    void memoryStaysFlatOverManyUpdates(AlgorithmFactory factory) throws Throwable {
        int window = 500;
        var grown = new long[5];
        try (var run = run(10_000, TINY.with("batch", 128).with("memory", 500).with("learnerThreads", 2));
                Algorithm algorithm = factory.create(run)) {
            // The replay memory has gone round by the first window.
            for (int i = 0; i < window; i++) {
                algorithm.iterate();
            }
            long heap = usedHeap();
            int tensors = ((ReplayLearner) algorithm).tensors();
            for (int w = 0; w < grown.length; w++) {
                grown[w] = -NativeMemory.allocatedBytes();
                for (int i = 0; i < window; i++) {
                    algorithm.iterate();
                }
                grown[w] += NativeMemory.allocatedBytes();
            }
            heap = usedHeap() - heap;
            assertEquals(tensors, ((ReplayLearner) algorithm).tensors(), "tensors alive");
            // Buffers that wait for their cleaner come and go by 1 MB.
            assertTrue(heap < 3_000_000, "the heap has grown by " + heap + " bytes");
        }
        assertTrue(Arrays.stream(grown).min().orElseThrow() < 120_000,
                "bytes native memory has grown by in each window: " + Arrays.toString(grown));
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void updatesAreTakenAsManyPerStepAsTheRatioSays() {
        try (var run = new LearningRun(new Pendulum(), 3, 1, 10_000, TINY.with("warmup", 30).with("ratio", 0.5),
                Optional.empty());
                Algorithm algorithm = new DdpgFactory().create(run)) {
            for (int i = 0; i < 50; i++) {
                algorithm.iterate();
            }
            // 150 steps, of which 30 were random.
            assertEquals(60, algorithm.save().integer("updates"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"noiseType", "hidden", "schedule"})
    void unknownChoiceIsNamedWithWhatWouldBeRight(String option) {
        EnvironmentSpec spec = new Pendulum().spec(Options.defaults());
        algorithms().forEach(factory -> {
            var thrown = assertThrows(UsageException.class,
                    () -> factory.check(spec, Options.of(Map.of(option, "pink"))));
            assertTrue(thrown.getMessage().contains("'pink'"), thrown.getMessage());
        });
    }

    @Test
    void batchThatThreadsCannotShareIsRefused() {
        EnvironmentSpec spec = new Pendulum().spec(Options.defaults());
        algorithms().forEach(factory -> {
            var thrown = assertThrows(UsageException.class,
                    () -> factory.check(spec, Options.of(Map.of("batch", 9, "learnerThreads", 2))));
            assertEquals("a batch of 9 cannot be cut into 2 equal parts; make batch a multiple of learnerThreads",
                    thrown.getMessage());
        });
    }

    @Test
    void tuningIsKnownForWhatItWasMeasuredOnAndFits() {
        EnvironmentSpec pendulum = new Pendulum().spec(Options.defaults());
        algorithms().forEach(factory -> {
            Tuning tuning = factory.tuning(pendulum);
            assertEquals(20_000, tuning.steps().orElseThrow());
            factory.check(pendulum, tuning.options());
        });
        EnvironmentSpec car = new MountainCarContinuous().spec(Options.defaults());
        Tuning tuning = new SacFactory().tuning(car);
        assertEquals(50_000, tuning.steps().orElseThrow());
        new SacFactory().check(car, tuning.options());
        var unknown = EnvironmentSpec.of("Unknown-v0", pendulum.observation(), pendulum.action()).build();
        algorithms().forEach(factory -> assertEquals(Tuning.NONE, factory.tuning(unknown)));
    }
}
