package com.example.gantrycrane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import dev.limber.testing.environment.EnvironmentContract;
import org.junit.jupiter.api.Test;

/// It keeps the contract of environments, and swings as a pendulum does.
class GantryCraneTest extends EnvironmentContract {

    @Override
    protected EnvironmentFactory factory() {
        return new GantryCrane();
    }

    @Test
    void smallSwingsHaveThePeriodOfAPendulum() {
        double rope = 4;
        double period = 2 * Math.PI * Math.sqrt(rope / 9.81);
        Options options = Options.defaults().with("rope", rope).with("damping", 0.0);
        try (Environment environment = factory().create(1, options)) {
            environment.reset(new long[] {1});
            environment.setState(0, new double[] {0, 0, 0.01, 0});
            int steps = 0;
            int crossings = 0;
            for (double before = 0.01; crossings < 2; steps++) {
                environment.step(new float[] {0});
                double now = environment.state(0)[2];
                crossings += before * now < 0 ? 1 : 0;
                before = now;
            }
            // Through the middle after a quarter and three quarters of a period
            assertEquals(0.75 * period, steps * GantryCraneKernel.STEP, 2 * GantryCraneKernel.STEP);
        }
    }
}
