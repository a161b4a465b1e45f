package dev.limber.environments;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.testing.environment.EnvironmentContract;

/// Episodes end and are cut short, states are set and saved.
class SlidingContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return SlidingKernel.factory(SlidingKernel.SPEC);
    }
}
