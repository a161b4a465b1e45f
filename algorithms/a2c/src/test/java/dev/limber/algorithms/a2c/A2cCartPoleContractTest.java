package dev.limber.algorithms.a2c;

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Image;
import dev.limber.physics.classiccontrol.CartPole;
import dev.limber.testing.algorithm.AlgorithmContract;
import java.util.List;
import java.util.Map;

class A2cCartPoleContractTest extends AlgorithmContract {

    @Override
    protected AlgorithmFactory algorithm() {
        return new A2cFactory();
    }

    @Override
    protected EnvironmentFactory environment() {
        return new CartPole();
    }

    @Override
    protected Options options() {
        return Options.of(Map.of("hidden", "16"));
    }

    @Override
    protected List<EnvironmentSpec> unsuitable() {
        var push = Discrete.of("left", "right");
        return List.of(EnvironmentSpec.of("Rooms-v0", Discrete.of("hall", "kitchen"), push).build(),
                EnvironmentSpec.of("Thumbnails-v0", Box.unbounded(), push).image(new Image(7, 7, 3)).build());
    }
}
