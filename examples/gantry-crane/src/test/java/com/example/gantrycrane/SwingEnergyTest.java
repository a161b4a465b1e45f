package com.example.gantrycrane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.reward.RewardFactory;
import dev.limber.api.space.Box;
import dev.limber.testing.reward.RewardContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/// It keeps the contract of rewards, and is an energy.
class SwingEnergyTest extends RewardContract {

    @Override
    protected RewardFactory factory() {
        return new SwingEnergy();
    }

    @Override
    protected EnvironmentSpec environment() {
        return GantryCrane.SPEC;
    }

    @Override
    protected List<EnvironmentSpec> unsuitable() {
        return List.of(EnvironmentSpec.of("Other-v0", Box.unbounded("x [m]"), Box.unbounded("u [N]")).build());
    }

    @Test
    void aLoadThatIsAsFastAsFallingFromAHeightCountsAsThatHeight() {
        double height = 0.3;
        double speed = Math.sqrt(2 * 9.81 * height); // of a rope of 1 m also the rate [rad/s]
        float high = value(new float[] {0, 0, (float) Math.acos(1 - height), 0});
        float fast = value(new float[] {0, 0, 0, (float) speed});
        assertEquals(height, high, 1e-5);
        assertEquals(height, fast, 1e-5);
    }
}
