package dev.limber.algorithms.ddpg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.metrics.Metric;
import dev.limber.api.metrics.Metrics;
import dev.limber.api.plugin.Options;
import dev.limber.physics.classiccontrol.Pendulum;
import dev.limber.testing.algorithm.ForwardingEnvironment;
import dev.limber.testing.algorithm.LearningRun;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Updates while the environment steps.
class OverlapTest {

    private static final int WARMUP = 20;
    private static final Options OPTIONS = Options.of(Map.of("hidden", "8", "batch", 8, "warmup", WARMUP, "overlap",
            true));

    static Stream<AlgorithmFactory> algorithms() {
        return Stream.of(new DdpgFactory(), new Td3Factory(), new SacFactory());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void stepThatWaitsForAnUpdateGetsIt(AlgorithmFactory factory) {
        var updated = new CountDownLatch(1);
        var environments = new StepHook(() -> {
            try {
                assertTrue(updated.await(30, TimeUnit.SECONDS), "no update has begun while the environment steps");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        try (var run = new LearningRun(environments, 1, 5, 1000, OPTIONS, Optional.empty());
                Algorithm algorithm = factory.create(told(run, "critic/loss", updated::countDown))) {
            for (int i = 0; i <= WARMUP; i++) {
                algorithm.iterate();
            }
            assertEquals(0, updated.getCount());
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void stepThatFailsIsThrownAfterTheUpdateHasEnded(AlgorithmFactory factory) {
        var broken = new IllegalStateException("broken");
        var environments = new StepHook(() -> {
            throw broken;
        });
        try (var run = new LearningRun(environments, 1, 5, 1000, OPTIONS, Optional.empty());
                Algorithm algorithm = factory.create(run)) {
            for (int i = 0; i < WARMUP; i++) {
                algorithm.iterate();
            }
            assertEquals(broken, assertThrows(IllegalStateException.class, algorithm::iterate));
            assertEquals(1, algorithm.save().integer("updates"));
            assertEquals(0, algorithm.save().number("due"));
        }
    }

    /// A run that says when a metric is measured.
    private static AlgorithmContext told(LearningRun run, String name, Runnable measured) {
        var metrics = new Metrics() {
            @Override
            public Metric mean(String metric, String description) {
                return metric.equals(name) ? value -> measured.run() : run.metrics().mean(metric, description);
            }

            @Override
            public Metric last(String metric, String description) {
                return run.metrics().last(metric, description);
            }
        };
        return (AlgorithmContext) Proxy.newProxyInstance(OverlapTest.class.getClassLoader(),
                new Class<?>[] {AlgorithmContext.class},
                (proxy, method, arguments) -> method.getName().equals("metrics")
                        ? metrics
                        : method.invoke(run, arguments));
    }

    /// A pendulum that does something in every step after those of the warm-up.
    private record StepHook(Runnable hook) implements EnvironmentFactory {

        @Override
        public EnvironmentSpec spec(Options options) {
            return new Pendulum().spec(options);
        }

        @Override
        public Environment create(int copies, Options options) {
            return new ForwardingEnvironment(new Pendulum().create(copies, options)) {

                private int steps;

                @Override
                public void step(float[] actions) {
                    super.step(actions);
                    if (++steps > WARMUP) {
                        hook.run();
                    }
                }
            };
        }
    }
}
