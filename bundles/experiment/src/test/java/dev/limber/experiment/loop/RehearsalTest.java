package dev.limber.experiment.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.experiment.PluginKind;
import dev.limber.api.state.State;
import dev.limber.experiment.Fixtures;
import dev.limber.experiment.ServiceCatalog;
import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.fixture.Altered;
import dev.limber.experiment.fixture.Nudge;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.PlanResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private final InstalledPlugins plugins = Fixtures.plugins();
    private final Plan basis = plan();

    private Plan plan() {
        var catalog = new ServiceCatalog(plugins);
        return new PlanResolver(catalog.plugins(), catalog.runnerOptions())
                .resolve(Fixtures.spec(Path.of("never-written"), 1000));
    }

    private State snapshot() {
        try (var parts = new TrainingParts(basis, quiet -> {})) {
            return parts.save(parts.saveEnvironment(), new State("runner", 1));
        }
    }

    @Test
    void iterationThatDoesNotEndInTimeIsRefusedAndInterrupted() throws Exception {
        var interrupted = new CompletableFuture<Thread>();
        var never = new CountDownLatch(1);
        Fixtures.deploy(plugins, 1, PluginKind.ALGORITHMS, "nudge", Altered.iterating(context -> {
            try {
                never.await();
            } catch (InterruptedException expected) {
                interrupted.complete(Thread.currentThread());
                throw new IllegalStateException(expected);
            }
        }));
        Optional<String> refusal = new Rehearsal(Duration.ofMillis(250), basis, plan(), snapshot()).refusal();
        assertEquals(Optional.of("its first iteration has not ended within 0.25 s; its thread and classes stay until "
                + "this process ends"), refusal);
        Thread stage = interrupted.get(10, TimeUnit.SECONDS);
        assertTrue(stage.join(Duration.ofSeconds(10)), "the thread of an iteration that ends when interrupted ends");
    }

    @Test
    void iterationsThatEndInTimeAreNotRefused() throws Exception {
        Fixtures.deploy(plugins, 1, PluginKind.ALGORITHMS, "nudge", new Nudge());
        assertEquals(Optional.empty(), new Rehearsal(Duration.ofMinutes(5), basis, plan(), snapshot()).refusal());
    }
}
