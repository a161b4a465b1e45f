package dev.limber.environments;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.testing.environment.EnvironmentContract;

/// Nothing is saved, and no state is shown.
class BareSlidingContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return SlidingKernel.factory(SlidingKernel.spec().state().maxEpisodeSteps(30).build());
    }
}
