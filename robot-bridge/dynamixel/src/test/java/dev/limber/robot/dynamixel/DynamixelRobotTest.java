package dev.limber.robot.dynamixel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketParser;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.Faults;
import dev.limber.robot.testing.Rig;
import dev.limber.robot.testing.WireLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamixelRobotTest {

    private static final Map<String, Object> ARM = Map.of("ids", "1,2", "joints", "shoulder,elbow", "baud", 4_000_000,
            "timeout", 0.5);
    private static final Map<String, Object> CART_POLE = Map.of("ids", "1,2", "joints", "cart,pole", "measured", "pole",
            "metres", "0.1,0", "baud", 4_000_000, "timeout", 0.5);

    /// Waiting for longer than this fails the test [ns].
    private static final long PATIENCE = 10_000_000_000L;

    @Test
    void aPositiveCommandMovesAJointToPositive() {
        try (var device = emulate(Setup.of(Rig.arm()));
                Robot robot = connect(device, Options.of(ARM).with("signs", "1,-1"))) {
            robot.enable(CommandMode.POSITION);
            JointStates states = JointStates.ofJoints(2);
            double[] wanted = {0.4, 0.3};
            double[] applied = new double[2];
            await("both joints are there", () -> {
                robot.send(wanted, applied);
                robot.read(states);
                return Math.abs(states.positions()[0] - 0.4) < 0.05 && Math.abs(states.positions()[1] - 0.3) < 0.05;
            });
            double[] truth = device.positions();
            assertEquals(0.4, truth[0], 0.06);
            assertEquals(-0.3, truth[1], 0.06, "the elbow is mounted the other way round");
        }
    }

    @Test
    void forceOnARackMovesTheCartThatWay() {
        try (var device = emulate(Setup.of(Rig.cartPole()));
                Robot robot = connect(device, Options.of(CART_POLE))) {
            robot.enable(CommandMode.EFFORT);
            JointStates states = JointStates.ofJoints(2);
            double[] applied = new double[2];
            await("the cart has moved by 0.02 m", () -> {
                robot.send(new double[] {4, 0}, applied);
                robot.read(states);
                return states.positions()[0] > 0.02;
            });
            assertTrue(states.velocities()[0] > 0);
            assertEquals(4, states.efforts()[0], 0.5, "measured force");
            assertTrue(device.positions()[0] > 0.015);
        }
    }

    @Test
    void aServoGetsAnotherIdUnlessSomebodyHasIt() {
        var factory = new DynamixelFactory();
        Options options = Options.of(Map.of("baud", 4_000_000, "timeout", 0.1));
        try (var device = emulate(Setup.of(Rig.arm()))) {
            String address = device.path().toString();
            assertThrows(UsageException.class, () -> factory.setId(address, options, 1, 2));
            assertThrows(UsageException.class, () -> factory.setId(address, options, 1, 253));
            assertThrows(RobotException.class, () -> factory.setId(address, options, 9, 3));
            factory.setId(address, options, 1, 3);
            factory.setBaud(address, options, 3, 57_600);
            assertThrows(UsageException.class, () -> factory.setBaud(address, options, 3, 12_345));
            List<String> found = factory.scan(options.with("devices", address));
            assertEquals(2, found.size(), found.toString());
            assertTrue(found.stream().anyMatch(line -> line.contains("servo 3")), found.toString());
        }
    }

    @Test
    void aServoWithTorqueKeepsItsId() {
        var factory = new DynamixelFactory();
        try (var device = emulate(Setup.of(Rig.arm()))) {
            try (Robot robot = connect(device, Options.of(ARM))) {
                robot.enable(CommandMode.POSITION);
                robot.stop(new StopWay[] {StopWay.HOLD, StopWay.HOLD});
            }
            var refused = assertThrows(UsageException.class,
                    () -> factory.setId(device.path().toString(), Options.of(Map.of("baud", 4_000_000)), 1, 3));
            assertTrue(refused.getMessage().contains("has torque"), refused.getMessage());
        }
    }

    @Test
    void roundingNeverGoesBeyondWhatWasWanted() {
        try (var device = emulate(Setup.of(Rig.arm()));
                Robot robot = connect(device, Options.of(ARM))) {
            double[] applied = new double[2];
            robot.enable(CommandMode.POSITION);
            for (double wanted = 0.0001; wanted < 0.3; wanted += 0.0007) {
                robot.send(new double[] {wanted, -wanted}, applied);
                assertTrue(applied[0] <= wanted + 1e-8 && applied[0] > wanted - 0.0016,
                        wanted + " became " + applied[0]);
                assertTrue(applied[1] >= -wanted - 1e-8 && applied[1] < -wanted + 0.0016,
                        -wanted + " became " + applied[1]);
            }
            robot.enable(CommandMode.VELOCITY);
            robot.send(new double[] {0.5, -0.5}, applied);
            assertTrue(applied[0] <= 0.5 && applied[0] > 0.47 && applied[1] == -applied[0]);
            robot.enable(CommandMode.EFFORT);
            robot.send(new double[] {0.5, -0.5}, applied);
            assertTrue(applied[0] <= 0.5 && applied[0] > 0.49 && applied[1] == -applied[0]);
        }
    }

    @Test
    void aMeasuredServoNeverGetsTorque() {
        var written = new ArrayList<Integer>();
        WireLog log = new TorqueWrites(written);
        try (var device = emulate(Setup.of(Rig.cartPole()).with(log));
                Robot robot = connect(device, Options.of(CART_POLE))) {
            for (CommandMode mode : CommandMode.values()) {
                robot.enable(mode);
                robot.send(new double[2], new double[2]);
                robot.stop(new StopWay[] {StopWay.DAMP, StopWay.HOLD});
                robot.stop(new StopWay[] {StopWay.HOLD, StopWay.DAMP});
                robot.stop(new StopWay[] {StopWay.TORQUE_OFF, StopWay.TORQUE_OFF});
            }
        }
        assertTrue(written.contains(1));
        assertFalse(written.contains(2), "torque written to the servo that only measures");
    }

    @Test
    void aLateAnswerFitsNoOtherQuestion() {
        var asked = new TreeMap<Integer, Set<Integer>>();
        try (var device = emulate(Setup.of(Rig.arm()).with(new Readings(asked)));
                Robot robot = connect(device, Options.of(ARM))) {
            robot.enable(CommandMode.VELOCITY);
            robot.read(JointStates.ofJoints(2));
            robot.readHealth(DriveHealth.ofJoints(2));
            robot.stop(new StopWay[] {StopWay.DAMP, StopWay.DAMP});
        }
        assertTrue(asked.size() > 4, asked.toString());
        asked.forEach((size, addresses) -> assertEquals(1, addresses.size(),
                size + " bytes are asked for from " + addresses));
    }

    /// What is behind the temperature is younger than the servos that people have.
    @Test
    void nothingIsAskedForThatOldFirmwareHasNot() {
        var asked = new TreeMap<Integer, Set<Integer>>();
        try (var device = emulate(Setup.of(Rig.arm()).with(new Readings(asked)));
                Robot robot = connect(device, Options.of(ARM))) {
            robot.readHealth(DriveHealth.ofJoints(2));
        }
        assertTrue(asked.size() > 2, asked.toString());
        asked.forEach((size, addresses) -> addresses
                .forEach(address -> assertTrue(address + size <= ControlTable.PRESENT_TEMPERATURE + 1,
                        size + " bytes are asked for from " + address)));
    }

    @Test
    void anOverloadedServoIsAFaultThatNamesTheJoint() {
        try (var device = emulate(Setup.of(Rig.arm()));
                Robot robot = connect(device, Options.of(ARM))) {
            robot.enable(CommandMode.POSITION);
            device.overload(2);
            var states = JointStates.ofJoints(2);
            var thrown = assertThrows(RobotException.class, () -> robot.read(states));
            assertEquals(Kind.DRIVE_FAULT, thrown.kind());
            assertEquals("joint 'elbow' (servo 2) reports overload; remove the cause, then switch its power off and on",
                    thrown.getMessage());
            assertEquals(0, states.nanoTime()[0]);
            DriveHealth health = DriveHealth.ofJoints(2);
            robot.readHealth(health);
            assertEquals(List.of("", "overload"), List.of(health.errors()));
            assertEquals(Kind.DRIVE_FAULT,
                    assertThrows(RobotException.class, () -> robot.enable(CommandMode.POSITION)).kind());
        }
    }

    @Test
    void drivesThatHeardNothingForTooLongHaveStoppedAndSaySo() {
        try (var device = emulate(Setup.of(Rig.arm()));
                Robot robot = connect(device, Options.of(ARM))) {
            robot.setWatchdog(0.3);
            robot.enable(CommandMode.VELOCITY);
            robot.send(new double[] {1, 0}, new double[2]);
            long silentUntil = System.nanoTime() + 600_000_000;
            await("silence", () -> device.energised() && System.nanoTime() - silentUntil > 0);
            double stoppedAt = device.positions()[0];
            var thrown = assertThrows(RobotException.class, () -> robot.send(new double[] {1, 0}, new double[2]));
            assertEquals(Kind.DRIVE_FAULT, thrown.kind());
            DriveHealth health = DriveHealth.ofJoints(2);
            robot.readHealth(health);
            assertEquals("stopped by its watchdog", health.errors()[0]);
            assertEquals(stoppedAt, device.positions()[0], 0.02, "it stands");
            robot.enable(CommandMode.VELOCITY);
            robot.readHealth(health);
            assertEquals("", health.errors()[0], "enabling clears it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop=0.01", "flip=0.01", "drop=0.02,flip=0.02,duplicate=0.2,delay=0.1,seconds=0.002",
        "drop=0.1,flip=0.1", "drop=0.3,flip=0.3", "duplicate=0.5,delay=0.3,seconds=0.004"})
    void aBadLineFailsReadingsButNeverFalsifiesThem(String faults) {
        try (var device = emulate(Setup.of(Rig.arm()));
                Robot robot = connect(device, Options.of(ARM).with("timeout", 0.003))) {
            JointStates states = JointStates.ofJoints(2);
            device.faults(Faults.parse(faults));
            int failed = 0;
            for (int i = 0; i < 300; i++) {
                try {
                    robot.read(states);
                    for (int k = 0; k < 2; k++) {
                        assertEquals(0, states.positions()[k], 0.01, "the arm hangs still");
                        assertEquals(0, states.velocities()[k], 0.1);
                    }
                } catch (RobotException bad) {
                    assertTrue(bad.kind() == Kind.TIMEOUT || bad.kind() == Kind.CORRUPT, bad.getMessage());
                    failed++;
                }
            }
            assertTrue(failed > 0, "the line is bad");
            device.faults(Faults.NONE);
            await("the line is good again", () -> {
                try {
                    robot.read(states);
                    return true;
                } catch (RobotException late) {
                    return false;
                }
            });
        }
    }

    @Test
    void servosWithoutCurrentTakeNoEfforts() {
        Rig rig = Rig.arm();
        var mounts = rig.mounts().stream()
                .map(mount -> new Rig.Mount(mount.joint(), mount.id(), 1060, 1, 0.1, 0, true)).toList();
        var other = new Rig(rig.name(), rig.description(), rig.model(), rig.options(), mounts, false);
        try (var device = emulate(Setup.of(other));
                Robot robot = connect(device, Options.of(ARM))) {
            var thrown = assertThrows(RobotException.class, () -> robot.enable(CommandMode.EFFORT));
            assertEquals(Kind.REFUSED, thrown.kind());
            assertTrue(thrown.getMessage().contains("joint 'shoulder' (servo 1) is an XL430-W250"),
                    thrown.getMessage());
            JointStates states = JointStates.ofJoints(2);
            robot.read(states);
            assertTrue(Double.isNaN(states.efforts()[0]));
        }
    }

    @Test
    void aServoThatIsNotThereIsNamed() {
        try (var device = emulate(Setup.of(Rig.arm()))) {
            var thrown = assertThrows(RobotException.class,
                    () -> connect(device, Options.of(ARM).with("ids", "1,7")));
            assertTrue(thrown.getMessage().startsWith("joint 'elbow' (servo 7) does not answer on " + device.path()),
                    thrown.getMessage());
        }
    }

    @Test
    void scanningFindsEveryServo() {
        try (var device = emulate(Setup.of(Rig.cartPole()))) {
            var options = Options.of(Map.of("devices", device.path().toString(), "baud", 57_600));
            assertEquals(List.of(device.path() + " servo 1 at 57600 baud: XM430-W210, firmware 46",
                    device.path() + " servo 2 at 57600 baud: XL330-M077, firmware 46"),
                    new DynamixelFactory().scan(options));
        }
    }

    @Test
    void scanningSaysThatALineIsInUse() {
        try (var device = emulate(Setup.of(Rig.arm()));
                Robot _ = connect(device, Options.of(ARM))) {
            assertEquals(List.of(device.path() + " is in use by another program or session"),
                    new DynamixelFactory().scan(Options.of(Map.of("devices", device.path().toString(), "baud", 0))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids=1,1", "ids=1,300", "ids=", "joints=a", "signs=2,1", "measured=knee", "metres=x,1",
        "positioning=fast", "baud=0"})
    void optionsThatCannotBeAreRefusedInOneLine(String option) {
        String[] pair = option.split("=", 2);
        var options = Options.of(Map.of("ids", "1,2")).with(pair[0],
                pair[0].equals("baud") ? (Object) Integer.valueOf(pair[1]) : pair[1]);
        var thrown = assertThrows(UsageException.class, () -> new DynamixelFactory().create("/dev/null", options));
        assertTrue(thrown.getMessage().contains("option '" + pair[0] + "'"), thrown.getMessage());
        assertFalse(thrown.getMessage().contains("\n"));
    }

    private static EmulatedRobot emulate(Setup setup) {
        return EmulatedRobot.dynamixel(setup, new JBulletEngine());
    }

    private static Robot connect(EmulatedRobot device, Options options) {
        Robot robot = new DynamixelFactory().create(device.path().toString(), options);
        robot.connect();
        return robot;
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, what);
        }
    }

    /// Notes from where so many bytes of all servos were asked for.
    private static final class Readings implements WireLog {

        private final Map<Integer, Set<Integer>> asked;
        private final PacketParser parser = new PacketParser(4096);

        Readings(Map<Integer, Set<Integer>> asked) {
            this.asked = asked;
        }

        @Override
        public void received(long nanoTime, byte[] bytes, int count) {
            parser.accept(bytes, 0, count);
            while (parser.next()) {
                if (parser.instruction() == Instruction.SYNC_READ
                        || parser.instruction() == Instruction.FAST_SYNC_READ) {
                    asked.computeIfAbsent(parser.u16(2), size -> new TreeSet<>()).add(parser.u16(0));
                }
            }
        }

        @Override
        public void sent(long nanoTime, byte[] bytes, int count) {}
    }

    /// Notes ids that torque was written to, alone or together.
    private static final class TorqueWrites implements WireLog {

        private final List<Integer> ids;
        private final PacketParser parser = new PacketParser(4096);

        TorqueWrites(List<Integer> ids) {
            this.ids = ids;
        }

        @Override
        public void received(long nanoTime, byte[] bytes, int count) {
            parser.accept(bytes, 0, count);
            while (parser.next()) {
                boolean torque = parser.parameters() > 2 && parser.u16(0) == ControlTable.TORQUE_ENABLE;
                if (torque && parser.instruction() == Instruction.WRITE) {
                    ids.add(parser.id());
                }
                for (int i = 4; torque && parser.instruction() == Instruction.SYNC_WRITE
                        && i < parser.parameters(); i += 2) {
                    ids.add(parser.u8(i));
                }
            }
        }

        @Override
        public void sent(long nanoTime, byte[] bytes, int count) {}
    }
}
