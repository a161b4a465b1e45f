package dev.limber.experiment.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.plugin.Options;
import dev.limber.experiment.fixture.Scale;
import dev.limber.experiment.fixture.Walk;
import dev.limber.experiment.shard.ShardedEnvironment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {

    private static final int COPIES = 8;
    private static final int STEPS = 5000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Of all threads that have part in it.
    private long allocated() {
        long[] ids = Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(info -> info.getThreadName().startsWith("limber-shard")
                        || info.getThreadId() == Thread.currentThread().threadId())
                .mapToLong(info -> info.getThreadId()).toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stepsDoNotAllocate(int shards) {
        var metrics = new MetricBook();
        Optional<Normalizer> normalizer = Optional.of(
                new Scale().create(new Walk().spec(Options.defaults()).observation(), Options.defaults()));
        try (Environment batch = ShardedEnvironment.create(new Walk(), Options.defaults(), COPIES, shards)) {
            var statistics = new EpisodeStatistics(batch.spec(), COPIES, metrics);
            var environment = new TrainingEnvironment(batch, normalizer, statistics);
            environment.reset(new long[COPIES]);
            var actions = new float[COPIES];
            step(environment, actions); // loads classes
            long fewest = Long.MAX_VALUE;
            for (int i = 0; i < 3; i++) { // the compiler's own doings may fall into one of them
                long cost = -allocated();
                cost += allocated(); // what measuring itself allocates
                long before = allocated();
                step(environment, actions);
                fewest = Math.min(fewest, allocated() - before - cost);
            }
            assertTrue(fewest < STEPS, fewest + " bytes in " + STEPS + " steps");
            assertTrue(statistics.episodes() > 1000);
        }
    }

    private static void step(Environment environment, float[] actions) {
        for (int i = 0; i < STEPS; i++) {
            environment.step(actions);
        }
    }
}
