package dev.limber.benchmarks;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.physics.classiccontrol.CartPole;
import dev.limber.physics.classiccontrol.Pendulum;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Environment steps per second on one core, with random actions drawn beforehand; resets and checks are included.
///
/// A score is in steps of single copies, not of batches.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvironmentBenchmark {

    /// Steps of single copies per invocation; every batch size divides it.
    private static final int STEPS = 1 << 16;

    /// CartPole-v1.
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public float cartPole(CartPoleBatch batch) {
        return batch.play();
    }

    /// Pendulum-v1.
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public float pendulum(PendulumBatch batch) {
        return batch.play();
    }

    /// A batch of CartPole-v1.
    public static class CartPoleBatch extends Batch {
        @Override
        EnvironmentFactory factory() {
            return new CartPole();
        }
    }

    /// A batch of Pendulum-v1.
    public static class PendulumBatch extends Batch {
        @Override
        EnvironmentFactory factory() {
            return new Pendulum();
        }
    }

    /// A batch and its actions.
    @State(Scope.Thread)
    public abstract static class Batch {

        /// How many copies are stepped together.
        @Param({"1", "16", "64", "1024"})
        public int copies;

        private Environment environment;
        private float[][] actions;

        abstract EnvironmentFactory factory();

        /// Builds the batch and draws the actions.
        @Setup(Level.Trial)
        public void create() {
            SeededRandom random = new SeededRandom(1);
            environment = factory().create(copies, Options.defaults());
            environment.reset(random.longs(copies).toArray());
            actions = new float[STEPS / copies][copies];
            for (float[] step : actions) {
                for (int i = 0; i < copies; i++) {
                    step[i] = switch (environment.spec().action()) {
                        case Discrete discrete -> random.nextInt(discrete.n());
                        case Box box -> box.high()[0] * (2 * random.nextFloat() - 1);
                    };
                }
            }
        }

        float play() {
            float sum = 0;
            for (float[] step : actions) {
                environment.step(step);
                sum += environment.rewards()[0];
            }
            return sum;
        }

        /// Closes the batch.
        @TearDown(Level.Trial)
        public void close() {
            environment.close();
        }
    }
}
