package dev.limber.robot.dynamixel;

import dev.limber.api.plugin.Options;
import dev.limber.api.robot.Robot;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.Rig;
import dev.limber.testing.robot.RobotContract;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A joint that slides and one that is only measured, read by the ordinary sync read.
class CartPoleContractTest extends RobotContract {

    private EmulatedRobot device;

    @BeforeEach
    void plugIn() {
        device = EmulatedRobot.dynamixel(Setup.of(Rig.cartPole()), new JBulletEngine());
    }

    @AfterEach
    void putAway() {
        device.close();
    }

    @Override
    protected Robot robot() {
        return new DynamixelFactory().create(device.path().toString(),
                Options.of(Map.of("ids", "1,2", "joints", "cart,pole", "measured", "pole", "metres", "0.1,0", "baud",
                        4_000_000, "timeout", 0.5, "fast", false, "positioning", "current")));
    }

    @Override
    protected double tolerance() {
        return 0.01;
    }

    @Override
    protected Optional<Boolean> energised() {
        return Optional.of(device.energised());
    }

    @Override
    protected boolean unplug() {
        device.unplug();
        return true;
    }
}
