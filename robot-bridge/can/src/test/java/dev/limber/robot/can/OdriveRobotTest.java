package dev.limber.robot.can;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.testing.robot.RobotContract;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.function.Executable;

class OdriveRobotTest extends RobotContract {

    private final EmulatedOdrive drives = new EmulatedOdrive();

    @Override
    protected Robot robot() {
        CanSettings settings = Options.of(Map.of("joints", "hip:0:-3:3,knee:5:-1:1:8", "watchdog", 0.1))
                .as(CanSettings.class);
        return new CanRobot(() -> drives, new OdriveProtocol(settings.watchdog()),
                Axis.parse(settings.joints(), OdriveProtocol.LAST_NODE), settings);
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
    void framesAreThoseOfTheProtocolsTable() {
        var protocol = new OdriveProtocol(0);
        var frame = new CanFrame();
        Axis axis = Axis.parse("knee:5", OdriveProtocol.LAST_NODE).getFirst();
        protocol.command(axis, CommandMode.POSITION, 0.5f, 0, frame);
        assertEquals(0x0AC, frame.id);
        assertEquals("0000003f00000000", HexFormat.of().formatHex(frame.data, 0, frame.length));
        protocol.command(axis, CommandMode.VELOCITY, -1, 0, frame);
        assertEquals(0x0AD, frame.id);
        assertEquals("000080bf00000000", HexFormat.of().formatHex(frame.data, 0, frame.length));
        protocol.askMotion(axis, frame);
        assertEquals(0x0A9, frame.id);
        assertTrue(frame.remote);
    }

    /// As ODrive's own example packs and unpacks them (odriverobotics/ODriveResources, examples/can_simple.py).
    @Test
    void enablingAndTheHeartbeatAreThoseOfOdrivesExample() {
        var protocol = new OdriveProtocol(0);
        var frame = new CanFrame();
        Axis axis = Axis.parse("knee:5", OdriveProtocol.LAST_NODE).getFirst();
        assertTrue(protocol.enable(axis, CommandMode.VELOCITY, 0, 3, frame));
        assertEquals(5 << 5 | 0x07, frame.id);
        assertEquals("08000000", HexFormat.of().formatHex(frame.data, 0, frame.length));
        frame.begin(5 << 5 | 0x01, false).u32(1 << 24).u8(8).u8(0).u8(1).u8(0);
        protocol.hear(frame, axis, 1);
        assertEquals("watchdog timer expired", protocol.errors(axis, true));
        frame.begin(5 << 5 | 0x09, false).f32(0.5f).f32(-0.25f);
        protocol.hear(frame, axis, 1);
        assertEquals(Math.PI, axis.position, 1e-12);
        assertEquals(-Math.PI / 2, axis.velocity, 1e-12);
    }

    @Test
    void everyModeReachesTheDriveInItsUnit() {
        try (Robot robot = robot()) {
            robot.connect();
            double[] applied = new double[2];
            robot.enable(CommandMode.POSITION);
            robot.send(new double[] {1, 0.5}, applied);
            assertEquals(0.5 * 8 / (2 * Math.PI), drives.positions[1], 1e-6);
            robot.enable(CommandMode.VELOCITY);
            robot.send(new double[] {2, -1}, applied);
            assertEquals(-8 / (2 * Math.PI), drives.velocities[1], 1e-6);
            robot.enable(CommandMode.EFFORT);
            robot.send(new double[] {0.5, 0.8}, applied);
            assertEquals(0.1, drives.torques[1], 1e-6);
        }
    }

    @Test
    void errorsOfTheHeartbeatAreADriveFaultInWords() {
        try (Robot robot = robot()) {
            robot.connect();
            robot.enable(CommandMode.POSITION);
            drives.errors[1] = 1 << 24;
            drives.states[1] = 1;
            JointStates states = JointStates.ofJoints(2);
            var fault = assertThrows(RobotException.class, () -> robot.read(states));
            assertEquals(Kind.DRIVE_FAULT, fault.kind());
            assertEquals("odrive 5 of joint 'knee' reports: watchdog timer expired", fault.getMessage());
            DriveHealth health = DriveHealth.ofJoints(2);
            robot.readHealth(health);
            assertEquals("watchdog timer expired", health.errors()[1]);
            assertEquals(23.5, health.voltages()[1]);
            assertEquals(35, health.temperatures()[1]);
            robot.enable(CommandMode.POSITION);
            robot.read(states);
        }
    }

    /// A driver that listens for as long as somebody talks never returns.
    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void othersThatTalkWithoutEndHoldNothingUp() {
        try (Robot robot = robot()) {
            robot.connect();
            drives.babble();
            robot.read(JointStates.ofJoints(2));
            robot.readHealth(DriveHealth.ofJoints(2));
            drives.lose(frame -> true);
            for (Executable call : List.<Executable> of(() -> robot.read(JointStates.ofJoints(2)),
                    () -> robot.readHealth(DriveHealth.ofJoints(2)), () -> robot.enable(CommandMode.POSITION))) {
                assertEquals(Kind.TIMEOUT, assertThrows(RobotException.class, call).kind());
            }
            drives.lose(frame -> (frame.id & 0x1F) == 0x01);
            assertEquals(Kind.REFUSED,
                    assertThrows(RobotException.class, () -> robot.enable(CommandMode.POSITION)).kind());
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
                frame.begin(random.nextInt(0x800), false);
                frame.length = random.nextInt(9);
                for (int j = 0; j < frame.length; j++) {
                    frame.data[j] = (byte) random.nextInt(256);
                }
                drives.say(frame);
                try {
                    robot.read(states);
                } catch (RobotException named) {
                    assertEquals(Kind.DRIVE_FAULT, named.kind(), named.getMessage());
                }
            }
        }
    }
}
