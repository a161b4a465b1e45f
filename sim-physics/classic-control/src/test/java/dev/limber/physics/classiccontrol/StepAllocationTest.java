package dev.limber.physics.classiccontrol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepAllocationTest {

    private static final int COPIES = 64;
    private static final int STEPS = 2000;

    /// What the measurement itself and the JIT compiler's hand-overs may allocate, for all steps together.
    private static final long SLACK_BYTES = 4096;

    static Stream<EnvironmentFactory> factories() {
        return Stream.of(new CartPole(), new Pendulum(), new MountainCar(), new MountainCarContinuous(), new Acrobot());
    }

    @ParameterizedTest
    @MethodSource("factories")
    void stepsAndTheResetsInThemAllocateNothing(EnvironmentFactory factory) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        try (Environment environment = factory.create(COPIES, Options.defaults())) {
            environment.reset(new SeededRandom(1).longs(COPIES).toArray());
            float[][] actions = actions(environment);
            play(environment, actions);
            threads.getThreadAllocatedBytes(thread);

            long before = threads.getThreadAllocatedBytes(thread);
            long episodes = play(environment, actions);
            long allocated = threads.getThreadAllocatedBytes(thread) - before;

            assertTrue(episodes >= COPIES, "only " + episodes + " episodes have ended");
            assertTrue(allocated <= SLACK_BYTES, allocated + " bytes allocated in " + STEPS + " steps");
        }
    }

    private static float[][] actions(Environment environment) {
        SeededRandom random = new SeededRandom(2);
        float[][] actions = new float[STEPS][COPIES];
        for (float[] step : actions) {
            for (int i = 0; i < COPIES; i++) {
                step[i] = switch (environment.spec().action()) {
                    case Discrete discrete -> random.nextInt(discrete.n());
                    case Box box -> box.high()[0] * (2 * random.nextFloat() - 1);
                };
            }
        }
        return actions;
    }

    private static long play(Environment environment, float[][] actions) {
        long episodes = 0;
        for (float[] step : actions) {
            environment.step(step);
            for (int i = 0; i < COPIES; i++) {
                if (environment.terminated()[i] || environment.truncated()[i]) {
                    episodes++;
                }
            }
        }
        return episodes;
    }
}
