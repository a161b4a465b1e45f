package dev.limber.physics.cartpole;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec.Cost;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.physics.jbullet.JBulletEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What can be chosen, and what it comes to.
class CartPoleOptionsTest {

    private final CartPole factory = new CartPole(new JBulletEngine());

    @Test
    void itIsTheTaskOfCartPoleV1() {
        var spec = factory.spec(Options.defaults());
        assertEquals(500, spec.maxEpisodeSteps());
        assertEquals(475, spec.rewardThreshold().getAsDouble());
        assertEquals(0.02, spec.stepSeconds());
        assertEquals(Cost.HEAVY, spec.cost());
        assertEquals("Discrete(2)", spec.action().toString());
    }

    @Test
    void fullForceIsAPush() {
        try (Environment discrete = factory.create(1, Options.defaults());
                Environment continuous = factory.create(1, Options.of(Map.of("action", "continuous")))) {
            for (float push : new float[] {-1, 1}) {
                discrete.reset(new long[] {3});
                continuous.reset(new long[] {3});
                discrete.step(new float[] {push > 0 ? 1 : 0});
                continuous.step(new float[] {push});
                assertArrayEquals(discrete.state(0), continuous.state(0));
            }
        }
    }

    @Test
    void anotherActionIsRefused() {
        var thrown = assertThrows(UsageException.class, () -> factory.spec(Options.of(Map.of("action", "jump"))));
        assertEquals("option 'action' is 'jump', it must be discrete or continuous", thrown.getMessage());
    }

    @Test
    void noSubstepsAreRefused() {
        var thrown = assertThrows(UsageException.class, () -> factory.create(1, Options.of(Map.of("substeps", 0))));
        assertEquals("option 'substeps' is 0, it must be at least 1", thrown.getMessage());
    }
}
