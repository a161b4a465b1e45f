package dev.limber.robot.can;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.testing.robot.RobotContract;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MoteusRobotTest extends RobotContract {

    private final EmulatedMoteus drives = new EmulatedMoteus();

    @Override
    protected Robot robot() {
        CanSettings settings = Options.of(Map.of("joints", "hip:1:-3:3,knee:2:-1:1:-6")).as(CanSettings.class);
        List<Axis> axes = Axis.parse(settings.joints(), MoteusProtocol.LAST_NODE);
        return new CanRobot(() -> drives, MoteusRobotFactory.protocol(settings, axes), axes, settings);
    }

    @Override
    protected double tolerance() {
        return 1e-6;
    }

    @Override
    protected Optional<Boolean> energised() {
        return Optional.of(drives.energised());
    }

    @Override
    protected boolean unplug() {
        drives.unplug();
        return true;
    }

    @Test
    void positionsAreTurnsOfTheMotorBehindItsGear() {
        try (Robot robot = robot()) {
            robot.connect();
            JointStates states = JointStates.ofJoints(2);
            robot.read(states);
            assertEquals(Math.PI / 2, states.positions()[0], 1e-6);
            assertEquals(-0.1 * 2 * Math.PI / -6, states.positions()[1], 1e-6);
            assertEquals(0.125 * -6, states.efforts()[1], 1e-6);
            robot.enable(CommandMode.POSITION);
            robot.send(new double[] {1, 0.5}, new double[2]);
            assertEquals(1 / (2 * Math.PI), drives.positions[0], 1e-6);
            assertEquals(0.5 * -6 / (2 * Math.PI), drives.positions[1], 1e-6);
        }
    }

    @Test
    void commandIsTheFrameOfTheReference() {
        var frame = new CanFrame();
        Axis axis = Axis.parse("hip:1", MoteusProtocol.LAST_NODE).getFirst();
        new MoteusProtocol(2, 4).command(axis, CommandMode.POSITION, 0.5f, 0.25, frame);
        assertEquals(1, frame.id);
        assertFalse(frame.extended);
        assertTrue(frame.fd);
        // Write one int8 from 0x00: position mode. Write nine floats from 0x20 and one at 0x2b: 48 bytes, a length of CAN FD.
        assertEquals("01000a" + "0c0920" + "0000003f" + "00000000" + "00000000" + "0000803f" + "0000803f" + "00000040"
                + "0000c07f" + "0000803e" + "00008040" + "0d2b0000803f",
                HexFormat.of().formatHex(frame.data, 0, frame.length));
        new MoteusProtocol(2, 4).askMotion(axis, frame);
        assertEquals(0x8001, frame.id);
        assertTrue(frame.extended);
        assertEquals("1100" + "110f" + "1f01" + "5050", HexFormat.of().formatHex(frame.data, 0, frame.length));
    }

    /// The frames of moteus's own tests of its Python library (mjbots/moteus, lib/python/moteus/test/moteus_test.py):
    /// test_make_brake, and the answer of test_make_position_query.
    @Test
    void framesAreThoseOfMoteussOwnTests() {
        var frame = new CanFrame();
        Axis axis = Axis.parse("hip:1", MoteusProtocol.LAST_NODE).getFirst();
        var protocol = new MoteusProtocol(2, 4);
        protocol.stop(axis, StopWay.DAMP, 0, frame);
        assertEquals("01000f" + "5050505050", HexFormat.of().formatHex(frame.data, 0, frame.length));
        protocol.stop(axis, StopWay.HOLD, 0, frame);
        // Where it stands and without a watchdog: both are the NaN of the reference.
        assertEquals("0000c07f", HexFormat.of().formatHex(frame.data, 6, 10));
        assertEquals("0000c07f", HexFormat.of().formatHex(frame.data, 34, 38));
        byte[] answer = HexFormat.of().parseHex("2404000a00100200fe2000" + "230d203040");
        frame.begin(0x0100, true);
        for (byte each : answer) {
            frame.u8(each);
        }
        assertEquals(1, protocol.node(frame));
        protocol.hear(frame, axis, 1);
        assertEquals(64, axis.errors);
    }

    @Test
    void enablingWaitsWhileADriveCalibratesAndIsRefusedWhereItNeverEnds() {
        try (Robot robot = robot()) {
            robot.connect();
            robot.setWatchdog(0.25);
            drives.calibrating = 20;
            robot.enable(CommandMode.POSITION);
            robot.read(JointStates.ofJoints(2));
            drives.calibrating = Integer.MAX_VALUE;
            var refused = assertThrows(RobotException.class, () -> robot.enable(CommandMode.POSITION));
            assertEquals(Kind.REFUSED, refused.kind());
            assertTrue(refused.getMessage().contains("joint 'hip' does not obey: its mode is 3"), refused.getMessage());
            assertFalse(drives.energised());
        }
    }

    @Test
    void everyCommandCarriesTheWatchdogAndSilenceIsADriveFault() {
        try (Robot robot = robot()) {
            robot.connect();
            robot.setWatchdog(0.25);
            robot.enable(CommandMode.POSITION);
            JointStates states = JointStates.ofJoints(2);
            robot.read(states);
            double[] applied = new double[2];
            for (int i = 0; i < 10; i++) {
                drives.advance(0.2);
                robot.send(states.positions(), applied);
            }
            robot.read(states);
            drives.advance(0.3);
            var fault = assertThrows(RobotException.class, () -> robot.read(states));
            assertEquals(Kind.DRIVE_FAULT, fault.kind());
            assertTrue(fault.getMessage().contains("watchdog"), fault.getMessage());
        }
    }

    @Test
    void faultOfADriveNamesItsJointAndIsTakenBackByEnabling() {
        try (Robot robot = robot()) {
            robot.connect();
            robot.enable(CommandMode.POSITION);
            drives.faults[1] = 33;
            drives.modes[1] = 1;
            JointStates states = JointStates.ofJoints(2);
            var fault = assertThrows(RobotException.class, () -> robot.read(states));
            assertEquals(Kind.DRIVE_FAULT, fault.kind());
            assertTrue(fault.getMessage().contains("moteus 2 of joint 'knee' reports: fault 33"), fault.getMessage());
            DriveHealth health = DriveHealth.ofJoints(2);
            robot.readHealth(health);
            assertEquals("", health.errors()[0]);
            assertTrue(health.errors()[1].startsWith("fault 33"));
            assertEquals(24.5, health.voltages()[0]);
            assertEquals(31, health.temperatures()[0]);
            robot.enable(CommandMode.POSITION);
            robot.read(states);
        }
    }

    @Test
    void driveThatIsSilentIsNamed() {
        try (Robot robot = robot()) {
            robot.connect();
            drives.lose(frame -> frame.id >> 8 == 2);
            var failure = assertThrows(RobotException.class, () -> robot.read(JointStates.ofJoints(2)));
            assertEquals(Kind.TIMEOUT, failure.kind());
            assertTrue(failure.getMessage().contains("moteus 2 of joint 'knee'"), failure.getMessage());
            drives.lose(frame -> false);
            robot.read(JointStates.ofJoints(2));
        }
    }

    @Test
    void driveThatDoesNotObeyIsRefusedAndAllAreWithoutTorque() {
        try (Robot robot = robot()) {
            robot.connect();
            robot.setWatchdog(0.5);
            // What is written is read back: this one's answers to that are lost.
            drives.lose(frame -> frame.id >> 8 == 2 && frame.data[0] == 0x2C && frame.data[2] == 0x27);
            var refused = assertThrows(RobotException.class, () -> robot.enable(CommandMode.POSITION));
            assertEquals(Kind.REFUSED, refused.kind());
            assertTrue(refused.getMessage().contains("joint 'knee' does not obey"), refused.getMessage());
            assertFalse(drives.energised());
        }
    }

    @Test
    void noFramesOfAnyContentMakeItThrow() {
        var random = new SeededRandom(3);
        var frame = new CanFrame();
        try (Robot robot = robot()) {
            robot.connect();
            JointStates states = JointStates.ofJoints(2);
            for (int round = 0; round < 20_000; round++) {
                for (int i = 0; i < 3; i++) {
                    frame.begin(random.nextInt(4) << 8, true);
                    frame.length = random.nextInt(65);
                    for (int j = 0; j < frame.length; j++) {
                        frame.data[j] = (byte) random.nextInt(256);
                    }
                    // Such as an answer begins, but with no error of the drive's own in it.
                    frame.data[0] = (byte) (0x2C + random.nextInt(4));
                    drives.say(frame);
                }
                try {
                    robot.read(states);
                } catch (RobotException named) {
                    assertTrue(named.kind() == Kind.DRIVE_FAULT, named.getMessage());
                }
            }
            robot.read(states);
            assertEquals(Math.PI / 2, states.positions()[0], 1e-6, "the answer counts, whatever came before it");
        }
    }

    @Test
    void holdingAgainDoesNotFollowASinkingArm() {
        try (Robot robot = robot()) {
            robot.connect();
            robot.enable(CommandMode.VELOCITY);
            StopWay[] hold = {StopWay.HOLD, StopWay.HOLD};
            robot.stop(hold);
            drives.commands[0][1] = 7;
            robot.stop(hold);
            assertEquals(7, drives.commands[0][1], "nothing is sent again");
        }
    }

    @Test
    void jointsThatCannotBeAreOneLine() {
        for (String text : List.of("", "hip", "hip:200", "hip:1:2:1", "hip:1:-1:1:0", "a:1,b:1", "hip:x")) {
            var wrong = assertThrows(UsageException.class, () -> Axis.parse(text, MoteusProtocol.LAST_NODE), text);
            assertFalse(wrong.getMessage().contains("\n"));
        }
    }
}
