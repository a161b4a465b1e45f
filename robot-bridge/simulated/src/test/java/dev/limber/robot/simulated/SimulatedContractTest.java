package dev.limber.robot.simulated;

import dev.limber.api.plugin.Options;
import dev.limber.api.robot.Robot;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.testing.robot.RobotContract;
import java.util.Map;
import java.util.Optional;

/// A cart-pole with everything that makes it like a real one but loss.
class SimulatedContractTest extends RobotContract {

    private SimulatedRobot robot;

    @Override
    protected Robot robot() {
        var settings = Options
                .of(Map.of("latency", 0.004, "resolution", 0.001, "positionNoise", 0.0005, "velocityNoise", 0.01,
                        "stiction", 0.1, "start", "0,0.02"))
                .as(SimulatedSettings.class);
        robot = (SimulatedRobot) SimulatedFactory.robot("cart-pole", Models.cartPole(), new JBulletEngine(), settings,
                System::nanoTime);
        return robot;
    }

    @Override
    protected double tolerance() {
        return 0.01;
    }

    @Override
    protected Optional<Boolean> energised() {
        return Optional.of(robot != null && robot.energised());
    }
}
