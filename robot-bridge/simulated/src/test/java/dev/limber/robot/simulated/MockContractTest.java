package dev.limber.robot.simulated;

import dev.limber.api.plugin.Options;
import dev.limber.api.robot.Robot;
import dev.limber.testing.robot.RobotContract;
import java.util.Map;
import java.util.Optional;

class MockContractTest extends RobotContract {

    private SimulatedRobot robot;

    @Override
    protected Robot robot() {
        robot = (SimulatedRobot) new MockFactory().create("ideal",
                Options.of(Map.of("joints", "a,b,c", "measured", "c")));
        return robot;
    }

    @Override
    protected double tolerance() {
        return 1e-9;
    }

    @Override
    protected Optional<Boolean> energised() {
        return Optional.of(robot != null && robot.energised());
    }
}
