package dev.limber.robot.feetech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.Rig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetUpTest {

    private final FeetechFactory factory = new FeetechFactory();
    private EmulatedRobot device;
    private String address;

    @BeforeEach
    void plugIn() {
        device = EmulatedRobot.feetech(Setup.of(Rig.arm()), new JBulletEngine());
        address = device.path().toString();
    }

    @AfterEach
    void putAway() {
        device.close();
    }

    private static Options ids(String ids) {
        return Options.of(Map.of("ids", ids, "joints", "shoulder,elbow", "timeout", 0.05));
    }

    @Test
    void aServoThatWasGivenAnotherIdIsFoundAndDrivenUnderIt() {
        factory.setId(address, Options.defaults(), 1, 9);
        assertEquals(List.of(address + " servo 2 at 1000000 baud: Feetech STS",
                address + " servo 9 at 1000000 baud: Feetech STS"),
                factory.scan(Options.of(Map.of("devices", address))));
        try (Robot robot = factory.create(address, ids("9,2"))) {
            robot.connect();
            robot.enable(CommandMode.POSITION);
        }
    }

    @Test
    void idsThatCannotBeAreRefused() {
        assertTrue(refusal(2, 1).contains("there is a servo 1 already on " + address));
        assertTrue(refusal(1, 1).contains("it must be another one, from 0 to 253"));
        assertTrue(refusal(1, 254).contains("it must be another one, from 0 to 253"));
        assertEquals("servo 5 does not answer; check cable, power, id and baud", assertThrows(RobotException.class,
                () -> factory.setId(address, Options.defaults(), 5, 6)).getMessage());
    }

    @Test
    void aServoWithTorqueIsLeftAsItIs() {
        Robot robot = factory.create(address, ids("1,2"));
        robot.connect();
        robot.enable(CommandMode.POSITION);
        robot.stop(new StopWay[] {StopWay.HOLD, StopWay.HOLD});
        robot.close();
        assertEquals("servo 1 has torque, and takes this only without; stop it first", refusal(1, 9));
    }

    @Test
    void aSpeedIsOneOfTheMakers() {
        factory.setBaud(address, Options.defaults(), 1, 57_600);
        assertTrue(assertThrows(UsageException.class,
                () -> factory.setBaud(address, Options.defaults(), 1, 12_345)).getMessage()
                        .contains("12345 baud, it must be one of [1000000, 500000"));
    }

    private String refusal(int from, int to) {
        return assertThrows(UsageException.class, () -> factory.setId(address, Options.defaults(), from, to))
                .getMessage();
    }
}
