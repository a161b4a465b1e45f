package dev.limber.algorithms.a2c;

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.physics.classiccontrol.Pendulum;
import dev.limber.testing.algorithm.AlgorithmContract;
import java.util.Map;

class A2cPendulumContractTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory algorithm() {
        return new A2cFactory();
    }

    @Override
    protected EnvironmentFactory environment() {
        return new Pendulum();
    }

    @Override
    protected Options options() {
        return Options.of(Map.of("hidden", "16,8", "activation", "relu", "optimizer", "rmsprop", "normalizeReward",
                true, "normalizeAdvantage", true));
    }
}
