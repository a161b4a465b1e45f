package dev.limber.environments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Image;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import org.junit.jupiter.api.Test;

/// What the contract leaves open.
class BatchEnvironmentTest {

    private static final int COPIES = 3;

    private static BatchEnvironment started() {
        var environment = new BatchEnvironment(SlidingKernel.SPEC, COPIES, SlidingKernel::new);
        environment.reset(new long[] {1, 2, 3});
        return environment;
    }

    @Test
    void equationsSeeActionsWithinTheirBounds() {
        try (var environment = started()) {
            float[] actions = {-7, 0.5f, Float.POSITIVE_INFINITY};
            environment.step(actions);
            float[] terms = environment.rewardTerms();
            assertArrayEquals(new float[] {4, 0.25f, 1},
                    new float[] {terms[COPIES], terms[COPIES + 1], terms[COPIES + 2]}, "squared pushes");
            assertArrayEquals(new float[] {-7, 0.5f, Float.POSITIVE_INFINITY}, actions, "the caller's actions");
        }
    }

    @Test
    void stateWhoseEquationsDoNotFitChangesNothing() {
        try (var environment = started();
                var twin = started()) {
            environment.step(new float[COPIES]);
            twin.step(new float[COPIES]);
            State later = twin.save();
            for (String part : later.names()) {
                State broken = new State(later.schema(), later.version());
                later.entries().forEach((name, value) -> put(broken, name, value, name.equals(part)));
                assertThrows(IncompatibleStateException.class, () -> environment.restore(broken), part);
                assertEquals(twin.save().entries().get("random"), environment.save().entries().get("random"), part);
                for (int i = 0; i < COPIES; i++) {
                    assertArrayEquals(twin.state(i), environment.state(i), part);
                }
            }
        }
    }

    private static void put(State target, String name, Object value, boolean broken) {
        switch (value) {
            case Long number -> target.put(name, broken ? number + 1 : number);
            case State nested -> target.put(name, broken ? new State("another.kernel", 1) : nested);
            case Tensor tensor when broken -> target.put(name, new long[] {0});
            case Tensor tensor -> target.put(name, tensor);
            default -> throw new AssertionError(name + " is a " + value.getClass());
        }
    }

    @Test
    void randomStateOfZerosIsRefusedByName() {
        try (var environment = started()) {
            State saved = environment.save();
            var broken = new State(saved.schema(), saved.version());
            saved.entries().forEach((name, value) -> {
                if (name.equals("random")) {
                    broken.put(name, new long[4 * COPIES]);
                } else {
                    put(broken, name, value, false);
                }
            });
            double[] before = environment.state(0);
            var thrown = assertThrows(IncompatibleStateException.class, () -> environment.restore(broken));
            assertEquals("'random' of dev.limber.environments.sliding: a random state of four zeros cannot be restored",
                    thrown.getMessage());
            assertArrayEquals(before, environment.state(0));
        }
    }

    @Test
    void kernelIsClosedOnce() {
        var kernel = new SlidingKernel(1);
        var environment = new BatchEnvironment(SlidingKernel.SPEC, 1, n -> kernel);
        environment.close();
        environment.close();
        assertEquals(1, kernel.timesClosed());
    }

    @Test
    void otherNamesThanVariablesAreToldApart() {
        EnvironmentSpec spec = SlidingKernel.spec().state("position [m]").build();
        try (var environment = new BatchEnvironment(spec, 1, SlidingKernel::new)) {
            environment.reset(new long[] {1});
            var thrown = assertThrows(IllegalStateException.class, () -> environment.state(0));
            assertEquals("SlidingKernel has 2 state variables, its spec names 1", thrown.getMessage());
        }
    }

    @Test
    void picturesAreRefused() {
        EnvironmentSpec spec = SlidingKernel.spec().image(new Image(2, 2, 1)).build();
        var thrown = assertThrows(IllegalArgumentException.class,
                () -> new BatchEnvironment(spec, 1, SlidingKernel::new));
        assertEquals("sliding observes pictures, a batch has vectors alone", thrown.getMessage());
    }

    @Test
    void laterEpisodesGoOnDrawingFromTheCopysStream() {
        var random = new SeededRandom(5);
        try (var environment = new BatchEnvironment(SlidingKernel.SPEC, 1, SlidingKernel::new)) {
            environment.reset(new long[] {5});
            assertEquals(random.nextDouble() - 0.5, environment.state(0)[0]);
            for (int episode = 0; episode < 3; episode++) {
                environment.setState(0, new double[] {SlidingKernel.EDGE, 1});
                environment.step(new float[1]);
                assertEquals(random.nextDouble() - 0.5, environment.state(0)[0], "episode " + episode);
            }
        }
    }
}
