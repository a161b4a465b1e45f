package dev.limber.environments;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.testing.environment.EnvironmentContract;

/// No episode is cut short.
class UnlimitedSlidingContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return SlidingKernel.factory(SlidingKernel.spec().snapshot(Snapshot.EXACT).build());
    }
}
