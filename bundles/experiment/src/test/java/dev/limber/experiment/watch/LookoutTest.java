package dev.limber.experiment.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.limber.api.environment.Environment;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Subject;
import dev.limber.api.watch.WatchSpec;
import dev.limber.experiment.Fixtures;
import dev.limber.experiment.ServiceCatalog;
import dev.limber.experiment.plan.PlanResolver;
import dev.limber.experiment.plan.PlannedEnvironment;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookoutTest {

    private static final int COPIES = 8;
    private static final int STEPS = 20_000;

    private final StepGate gate = new StepGate(() -> false, () -> false);
    private final Lookout lookout = new Lookout(gate, note -> {});

    private static PlannedEnvironment walk() {
        var catalog = new ServiceCatalog(Fixtures.plugins());
        return new PlanResolver(catalog.plugins(), catalog.runnerOptions()).environment("walk", Map.of());
    }

    private long stepped(Environment environment, float[] actions) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < STEPS; i++) {
            lookout.beforeStep(0.02);
            environment.step(actions);
            lookout.afterStep(actions, (long) i * COPIES);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void samplesDoNotAllocateWhetherAnybodyLooksOrNot() {
        try (Environment environment = walk().create(COPIES)) {
            environment.reset(new long[COPIES]);
            lookout.watch(environment, walk());
            var actions = new float[COPIES];
            stepped(environment, actions); // loads classes
            assertTrue(stepped(environment, actions) < STEPS, "allocates though nobody looks");
            try (var watch = lookout.open(new WatchSpec(new int[] {0, 1, 2}, 1e9, 100))) {
                stepped(environment, actions);
                var sample = new Sample(watch.subject());
                assertTrue(watch.read(sample));
                assertTrue(stepped(environment, actions) < STEPS, "allocates where somebody looks");
                assertTrue(watch.lost() > STEPS, "not every step was a sample");
            }
        }
    }

    @Test
    void anotherEnvironmentIsAnnouncedAfterWhatWasLeftOfTheFirst() {
        try (Environment first = walk().create(COPIES);
                Environment second = walk().create(2)) {
            first.reset(new long[COPIES]);
            second.reset(new long[2]);
            lookout.watch(first, walk());
            try (var watch = lookout.open(new WatchSpec(new int[] {0, 5}, 1e9, 100))) {
                Subject before = watch.subject();
                first.step(new float[COPIES]);
                lookout.afterStep(new float[COPIES], COPIES);
                lookout.watch(second, walk());
                second.step(new float[2]);
                lookout.afterStep(new float[2], COPIES + 2);
                var sample = new Sample(before);
                assertSame(before, watch.subject());
                assertTrue(watch.read(sample));
                assertEquals(COPIES, sample.step());
                assertNotSame(before, watch.subject());
                assertFalse(watch.read(sample));
                assertEquals(1, watch.subject().size());
                var other = new Sample(watch.subject());
                assertTrue(watch.read(other));
                assertEquals(COPIES + 2, other.step());
            }
        }
    }
}
