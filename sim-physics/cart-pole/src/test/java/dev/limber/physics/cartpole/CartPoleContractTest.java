package dev.limber.physics.cartpole;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.testing.environment.EnvironmentContract;

/// Left or right: the environment keeps the contract.
class CartPoleContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return new CartPole(new JBulletEngine());
    }

    /// Setting joint coordinates closes the gaps of joints, which the engine lets open a little.
    @Override
    protected double stateTolerance() {
        return 1e-3;
    }
}
