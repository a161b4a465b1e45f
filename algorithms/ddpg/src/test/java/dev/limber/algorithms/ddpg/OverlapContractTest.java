package dev.limber.algorithms.ddpg;

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.physics.classiccontrol.Pendulum;
import dev.limber.testing.algorithm.AlgorithmContract;
import java.util.List;
import java.util.Map;

/// Updates beside the environment, on two threads, leave no trace in what a run is.
class OverlapContractTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory algorithm() {
        return new SacFactory();
    }

    @Override
    protected EnvironmentFactory environment() {
        return new Pendulum();
    }

    @Override
    protected Options options() {
        return Options.of(Map.of("hidden", "16,8", "batch", 8, "warmup", 6, "steps", 3, "schedule", "linear", "overlap",
                true, "learnerThreads", 2));
    }

    @Override
    protected List<EnvironmentSpec> unsuitable() {
        return Unsuitable.ENVIRONMENTS;
    }
}
