package dev.limber.physics.cartpole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.physics.Vector3;
import dev.limber.api.plugin.Options;
import dev.limber.physics.jbullet.JBulletEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CartPolePushTest {

    private static final double FORCE = 5;

    /// With the pole upright the cart accelerates by F / (M + m / 4): the pole, a thin rod, gives way.
    @Test
    void aPushMovesTheCartForOneStepAsItsMassSays() {
        try (Environment environment = new CartPole(new JBulletEngine()).create(2,
                Options.of(Map.of("action", "continuous")))) {
            environment.reset(new long[2]);
            for (int i = 0; i < 2; i++) {
                environment.setState(i, new double[4]);
            }
            assertTrue(environment.pushable());
            environment.push(1, 0, new Vector3(FORCE, 0, 0), Vector3.ZERO);
            environment.step(new float[2]);
            assertEquals(0, environment.state(0)[1], 1e-6);
            double once = environment.state(1)[1];
            assertEquals(FORCE * CartPoleModel.STEP / (1 + 0.1 / 4), once, 1e-3);
            environment.step(new float[2]);
            assertEquals(once, environment.state(1)[1], 2e-3);
        }
    }
}
