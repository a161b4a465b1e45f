package dev.limber.algorithms.a2c;

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.testing.algorithm.AlgorithmContract;
import java.util.Map;

class A2cPicturesContractTest extends AlgorithmContract {

    static final Options OPTIONS = Options.of(
            Map.of("convolutions", "6:4/2,8:3/2", "hidden", "32", "activation", "relu", "lr", 3e-3));

    @Override
    protected AlgorithmFactory algorithm() {
        return new A2cFactory();
    }

    @Override
    protected EnvironmentFactory environment() {
        return new Spot();
    }

    @Override
    protected Options options() {
        return OPTIONS;
    }
}
