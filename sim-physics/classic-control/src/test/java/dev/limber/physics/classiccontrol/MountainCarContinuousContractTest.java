package dev.limber.physics.classiccontrol;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.testing.environment.EnvironmentContract;

class MountainCarContinuousContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return new MountainCarContinuous();
    }

    @Override
    protected int steps() {
        return 1200; // an episode ends
    }
}
