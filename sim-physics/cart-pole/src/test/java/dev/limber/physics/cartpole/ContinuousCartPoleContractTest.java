package dev.limber.physics.cartpole;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.testing.environment.EnvironmentContract;
import java.util.Map;

/// Any force: the environment keeps the contract.
class ContinuousCartPoleContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return new CartPole(new JBulletEngine());
    }

    @Override
    protected Options options() {
        return Options.of(Map.of("action", "continuous"));
    }

    /// Setting joint coordinates closes the gaps of joints, which the engine lets open a little.
    @Override
    protected double stateTolerance() {
        return 1e-3;
    }
}
