package dev.limber.experiment.play;

import dev.limber.api.algorithm.PolicyContext;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.experiment.plan.PlannedEnvironment;

/// What a policy is given that plays.
///
/// @param planned the environment it plays in
/// @param environment the spec it was trained for
record PlayContext(PlannedEnvironment planned, EnvironmentSpec environment, int copies, Options options, long seed)
        implements PolicyContext {

    @Override
    public Environment newEnvironment(int simulated) {
        return planned.create(simulated);
    }
}
