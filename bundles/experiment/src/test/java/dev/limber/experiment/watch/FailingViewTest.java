package dev.limber.experiment.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.Vector3;
import dev.limber.api.plugin.Options;
import dev.limber.api.render.Scene;
import dev.limber.api.watch.Pull;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Watch;
import dev.limber.api.watch.WatchSpec;
import dev.limber.experiment.Fixtures;
import dev.limber.experiment.ServiceCatalog;
import dev.limber.experiment.environment.DelegatingEnvironment;
import dev.limber.experiment.fixture.Walk;
import dev.limber.experiment.pixels.Drawn;
import dev.limber.experiment.plan.PlanResolver;
import dev.limber.experiment.plan.PlannedEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whoever looks at an environment that cannot be looked at does it no harm.
class FailingViewTest {

    private static final int COPIES = 3;

    private final List<String> notes = new ArrayList<>();
    private final Lookout lookout = new Lookout(new StepGate(() -> false, () -> false), notes::add);

    /// Walk, as if it had the bodies of the cart-pole.
    private static final class Bodies implements EnvironmentFactory {

        private final Walk walk = new Walk();

        @Override
        public EnvironmentSpec spec(Options options) {
            return walk.spec(options);
        }

        @Override
        public Environment create(int copies, Options options) {
            return walk.create(copies, options);
        }

        @Override
        public Optional<Scene> scene(Options options) {
            return Optional.of(Drawn.scene());
        }

        @Override
        public Optional<ModelSpec> model(Options options) {
            return Optional.of(new ModelSpec("walk", List.of(), List.of(), List.of()));
        }
    }

    private static class Seen extends DelegatingEnvironment {

        Seen() {
            super(new Walk().create(COPIES, Options.of(Map.of())));
            reset(new long[COPIES]);
        }

        @Override
        public void poses(int copy, double[] target, int offset) {}

        @Override
        public boolean pushable() {
            return true;
        }

        @Override
        public void push(int copy, int body, Vector3 force, Vector3 point) {}
    }

    private static PlannedEnvironment planned() {
        var catalog = new ServiceCatalog(Fixtures.plugins());
        PlannedEnvironment walk = new PlanResolver(catalog.plugins(), catalog.runnerOptions()).environment("walk",
                Map.of());
        return new PlannedEnvironment(walk.info(), new Bodies(), walk.options(), walk.spec(), walk.weighted(),
                walk.rewards(), walk.pixels(), walk.studio(), walk.manifest());
    }

    /// Steps an environment that somebody looks at and pulls at, and reads the last sample.
    private Sample lastSample(Environment environment) {
        lookout.watch(environment, planned());
        var actions = new float[COPIES];
        try (environment;
                Watch watch = lookout.open(new WatchSpec(new int[] {0, 2}, 1e9, 100))) {
            watch.pull(Optional.of(new Pull(1, 0, Vector3.ZERO, Vector3.X, 1, 1)));
            for (int step = 1; step <= 5; step++) {
                lookout.beforeStep(0.02);
                environment.step(actions);
                lookout.afterStep(actions, step * COPIES);
            }
            var sample = new Sample(watch.subject());
            while (watch.read(sample)) {
                // up to the last one
            }
            assertEquals(5 * COPIES, sample.step());
            return sample;
        }
    }

    @Test
    void contactsThatCannotBeToldTakeTheSceneAway() {
        Sample sample = lastSample(new Seen() {
            @Override
            public int contacts(int copy, double[] target) {
                throw new AssertionError("no contacts");
            }
        });
        assertTrue(sample.subject().scene().isEmpty());
        assertEquals(sample.states()[0], sample.observations()[0], 1e-6);
        assertEquals(List.of("walk cannot tell where its bodies are: java.lang.AssertionError: no contacts"), notes);
    }

    @Test
    void aStateThatCannotBeToldIsNotANumber() {
        Sample sample = lastSample(new Seen() {
            @Override
            public void state(int copy, double[] target, int offset) {
                throw new IllegalStateException("no state");
            }
        });
        assertTrue(sample.subject().scene().isPresent());
        assertTrue(Double.isNaN(sample.states()[1]));
        assertNotEquals(0, sample.rewards()[1]);
        assertEquals(List.of("walk cannot tell its state: java.lang.IllegalStateException: no state"), notes);
    }

    @Test
    void whatCannotSayWhetherItCanBePushedShowsNoScene() {
        Sample sample = lastSample(new Seen() {
            @Override
            public boolean pushable() {
                throw new AssertionError("who knows");
            }
        });
        assertTrue(sample.subject().scene().isEmpty());
        assertFalse(sample.subject().pushable());
        assertEquals(List.of("walk cannot show its scene: java.lang.AssertionError: who knows"), notes);
    }

    @Test
    void whatCannotBePushedIsPulledAtNoMore() {
        lastSample(new Seen() {
            @Override
            public void push(int copy, int body, Vector3 force, Vector3 point) {
                throw new UnsupportedOperationException("too heavy");
            }
        });
        assertEquals(List.of("walk cannot be pulled at: java.lang.UnsupportedOperationException: too heavy"), notes);
    }
}
