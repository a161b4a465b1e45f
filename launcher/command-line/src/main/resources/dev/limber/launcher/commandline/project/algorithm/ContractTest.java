package {{package}};

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.space.Discrete;
import dev.limber.testing.algorithm.AlgorithmContract;
import dev.limber.testing.environment.CountingEnvironment;
import java.util.List;

/// It keeps the contract of algorithms.
class {{class}}Test extends AlgorithmContract {

    @Override
    protected AlgorithmFactory algorithm() {
        return new {{class}}();
    }

    @Override
    protected EnvironmentFactory environment() {
        return CountingEnvironment.factory(Discrete.of("left", "right"), 7, 0);
    }

    @Override
    protected List<EnvironmentSpec> unsuitable() {
        return List.of(EnvironmentSpec.of("Rooms-v0", Discrete.of("hall", "kitchen"), Discrete.of("stay", "go")).build());
    }
}
