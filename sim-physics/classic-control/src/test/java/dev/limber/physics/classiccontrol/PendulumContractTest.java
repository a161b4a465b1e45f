package dev.limber.physics.classiccontrol;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.testing.environment.EnvironmentContract;

class PendulumContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return new Pendulum();
    }
}
