package dev.limber.physics.classiccontrol;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.testing.environment.EnvironmentContract;

class AcrobotContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return new Acrobot();
    }

    @Override
    protected int steps() {
        return 600; // an episode ends
    }
}
