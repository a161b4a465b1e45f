package dev.limber.physics.cartpole;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.testing.environment.EnvironmentContract;
import java.util.Map;

/// Every episode another cart-pole: the environment keeps the contract.
class VariedCartPoleContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return new CartPole(new JBulletEngine());
    }

    @Override
    protected Options options() {
        return Options.of(Map.ofEntries(Map.entry("action", "continuous"), Map.entry("start", "0..0.5"),
                Map.entry("centering", 0.5),
                Map.entry("cartMass", "0.7..1.5"), Map.entry("poleMass", "0.07..0.15"),
                Map.entry("poleLength", "0.8..1.2"), Map.entry("friction", "0..0.6"),
                Map.entry("strength", "0.8..1.2"), Map.entry("topSpeed", "0.7..2"),
                Map.entry("actionDelay", "0..0.02"), Map.entry("observationDelay", "0..0.02"),
                Map.entry("positionNoise", "0..0.002"), Map.entry("velocityNoise", "0..0.02")));
    }

    /// Setting joint coordinates closes the gaps of joints, which the engine lets open a little.
    @Override
    protected double stateTolerance() {
        return 1e-3;
    }

    /// Observations are late and noisy.
    @Override
    protected boolean stateTellsAll() {
        return false;
    }
}
