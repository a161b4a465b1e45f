package dev.limber.robot.feetech;

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

/// Two servos that turn, with one direction turned round.
class ArmContractTest extends RobotContract {

    private EmulatedRobot device;

    @BeforeEach
    void plugIn() {
        device = EmulatedRobot.feetech(Setup.of(Rig.arm()), new JBulletEngine());
    }

    @AfterEach
    void putAway() {
        device.close();
    }

    @Override
    protected Robot robot() {
        return new FeetechFactory().create(device.path().toString(), Options.of(Map.of("ids", "1,2", "joints",
                "shoulder,elbow", "signs", "1,-1", "offsets", "0.1,-0.2", "baud", 1_000_000, "timeout", 0.5)));
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
