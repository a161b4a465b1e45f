package dev.limber.testing.environment;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.space.Discrete;

/// The contract holds where every episode terminates and actions are choices.
class TerminatingCountContractTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return CountingEnvironment.factory(Discrete.of("left", "right", "up"), 7, 0);
    }
}
