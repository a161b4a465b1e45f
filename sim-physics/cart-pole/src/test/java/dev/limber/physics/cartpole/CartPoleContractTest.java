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
}
