package dev.limber.testing.environment;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.space.Box;

/// The contract holds where every episode is truncated and actions are numbers.
class TruncatedCountContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return CountingEnvironment.factory(Box.symmetric(new float[] {2}, "force [N]"), 0, 10);
    }
}
