package dev.limber.testing.environment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.environment.Environment;
import dev.limber.api.plugin.Options;
import dev.limber.api.space.Discrete;
import org.junit.jupiter.api.Test;

class CountingEnvironmentTest {

    private static final Discrete CHOICE = Discrete.of("left", "right", "up");

    @Test
    void everyNumberIsAsAnnounced() {
        try (Environment environment = CountingEnvironment.factory(CHOICE, 2, 0).create(2, Options.defaults())) {
            environment.reset(new long[] {5, 6});
            assertArrayEquals(new float[] {5, 0, 0, 6, 0, 0}, environment.observations().values());
            environment.setRewardWeights(new double[] {10, 1});
            environment.step(new float[] {2, 1});
            assertArrayEquals(new float[] {5, 0, 1, 6, 0, 1}, environment.observations().values());
            assertArrayEquals(new float[] {12, 11}, environment.rewards());
            environment.step(new float[] {0, 0});
            assertArrayEquals(new boolean[] {true, true}, environment.terminated());
            assertArrayEquals(new float[] {5, 0, 2, 6, 0, 2}, environment.finalObservations().values());
            assertArrayEquals(new float[] {5, 1, 0, 6, 1, 0}, environment.observations().values());
            assertEquals(20, environment.rewards()[0]);
        }
    }
}
