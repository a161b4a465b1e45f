package com.example.pointmass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.testing.environment.EnvironmentContract;
import org.junit.jupiter.api.Test;

/// It keeps the contract of environments, and Newton's second law.
class PointMassTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return new PointMass();
    }

    @Test
    void twiceTheMassMovesHalfAsFar() {
        try (Environment light = factory().create(1, Options.defaults());
                Environment heavy = factory().create(1, Options.defaults().with("mass", 2.0))) {
            for (Environment environment : new Environment[] {light, heavy}) {
                environment.reset(new long[] {1});
                environment.setState(0, new double[] {0, 0});
                for (int t = 0; t < 10; t++) {
                    environment.step(new float[] {1});
                }
            }
            double[] expected = light.state(0);
            assertArrayEquals(new double[] {expected[0] / 2, expected[1] / 2}, heavy.state(0), 1e-12);
        }
    }
}
