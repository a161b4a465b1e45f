package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.testing.environment.EnvironmentContract;
import org.junit.jupiter.api.Test;

/// It keeps the contract of environments, and does what is known of it besides.
class {{class}}Test extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return new {{class}}();
    }

    @Test
    void withoutFrictionNothingSlowsTheMass() {
        try (Environment environment = factory().create(1, Options.defaults().with("friction", 0.0))) {
            environment.reset(new long[] {1});
            environment.setState(0, new double[] {0, 1});
            for (int t = 0; t < 10; t++) {
                environment.step(new float[] {0});
            }
            assertEquals(10 * {{class}}Kernel.STEP, environment.state(0)[0], 1e-12);
        }
    }
}
