package com.example.hillclimbing;

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.testing.algorithm.AlgorithmContract;
import dev.limber.testing.environment.CountingEnvironment;
import java.util.List;

/// It keeps the contract of algorithms.
class HillClimbingTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory algorithm() {
        return new HillClimbing();
    }

    @Override
    protected EnvironmentFactory environment() {
        return CountingEnvironment.factory(Discrete.of("left", "right"), 7, 0);
    }

    @Override
    protected List<EnvironmentSpec> unsuitable() {
        return List.of(CountingEnvironment.factory(Box.unbounded("force [N]"), 7, 0).spec(Options.defaults()));
    }
}
