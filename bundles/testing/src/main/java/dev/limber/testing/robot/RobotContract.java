package dev.limber.testing.robot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every robot must keep to. Extend it and give robots with a device behind them that works, each test a new one.
///
/// What can only be seen from the device's side is asked from the subclass; where it cannot tell, that is not tested.
public abstract class RobotContract {

    private static final double SENTINEL = 123.456;
    private static final int CYCLES = 2000;

    /// What the measurement itself and the JIT compiler's hand-overs may allocate, for all cycles together.
    private static final long SLACK_BYTES = 16_384;

    /// A new robot that is not connected, at rest.
    protected abstract Robot robot();

    /// How far a position may move or be misread while it is said to stand still [rad or m].
    protected abstract double tolerance();

    /// Whether a drive has torque, seen from the device; empty where it cannot be known.
    protected Optional<Boolean> energised() {
        return Optional.empty();
    }

    /// Cuts the connection from the device's side.
    ///
    /// @return false where that cannot be done
    protected boolean unplug() {
        return false;
    }

    @Test
    void specCanBeAskedBeforeConnecting() {
        try (Robot robot = robot()) {
            List<String> before = robot.spec().joints().stream().map(Joint::name).toList();
            assertFalse(before.isEmpty());
            robot.connect();
            assertEquals(before, robot.spec().joints().stream().map(Joint::name).toList());
        }
    }

    @Test
    void connectingCommandsNothing() {
        assumeTrue(energised().isPresent(), "cannot be seen");
        try (Robot robot = robot()) {
            robot.connect();
            assertEquals(Optional.of(false), energised());
        }
    }

    @Test
    void readingMeasuresEveryJointNow() {
        try (Robot robot = robot()) {
            robot.connect();
            long before = System.nanoTime();
            JointStates states = read(robot);
            long after = System.nanoTime();
            for (int i = 0; i < states.positions().length; i++) {
                assertTrue(Double.isFinite(states.positions()[i]), "position " + i);
                assertTrue(Double.isFinite(states.velocities()[i]), "velocity " + i);
            }
            assertTrue(states.nanoTime()[0] - before >= 0 && after - states.nanoTime()[0] >= 0,
                    "measured between the call and its return");
        }
    }

    @Test
    void enablingMovesNothing() {
        try (Robot robot = robot()) {
            robot.connect();
            for (CommandMode mode : robot.spec().modes()) {
                double[] before = read(robot).positions();
                robot.enable(mode);
                JointStates after = JointStates.ofJoints(before.length);
                for (int i = 0; i < 20; i++) {
                    robot.read(after);
                }
                for (int i = 0; i < before.length; i++) {
                    if (robot.spec().joints().get(i).actuated()) {
                        assertEquals(before[i], after.positions()[i], tolerance(), mode + ", joint " + i);
                    }
                }
                stop(robot, StopWay.TORQUE_OFF);
            }
        }
    }

    @Test
    void whatIsAppliedIsAppliedUnchangedWhenSentAgain() {
        try (Robot robot = robot()) {
            robot.connect();
            for (CommandMode mode : robot.spec().modes()) {
                robot.enable(mode);
                double[] wanted = mode == CommandMode.POSITION ? read(robot).positions() : new double[joints(robot)];
                Arrays.setAll(wanted, i -> wanted[i] + 0.0012345);
                double[] applied = new double[wanted.length];
                double[] again = new double[wanted.length];
                robot.send(wanted, applied);
                robot.send(applied, again);
                for (int i = 0; i < wanted.length; i++) {
                    if (robot.spec().joints().get(i).actuated()) {
                        assertTrue(Double.isFinite(applied[i]), mode + ", joint " + i);
                        assertEquals(applied[i], again[i], 1e-12 * (1 + Math.abs(applied[i])), mode + ", joint " + i);
                    } else {
                        assertTrue(Double.isNaN(applied[i]), "nothing is sent to joint " + i);
                    }
                }
                stop(robot, StopWay.TORQUE_OFF);
            }
        }
    }

    @Test
    void commandBeyondWhatTheDriveCanDoIsNotSent() {
        try (Robot robot = robot()) {
            robot.connect();
            for (CommandMode mode : robot.spec().modes()) {
                robot.enable(mode);
                double[] applied = new double[joints(robot)];
                double[] wanted = new double[applied.length];
                Arrays.fill(wanted, 1e30);
                robot.send(wanted, applied);
                for (int i = 0; i < applied.length; i++) {
                    Joint joint = robot.spec().joints().get(i);
                    double most = switch (mode) {
                        case POSITION -> joint.high();
                        case VELOCITY -> joint.maxVelocity();
                        case EFFORT -> joint.maxEffort();
                    };
                    if (joint.actuated()) {
                        assertTrue(applied[i] <= most * (1 + 1e-9), mode + ": " + applied[i] + " of " + most);
                    }
                }
                stop(robot, StopWay.TORQUE_OFF);
            }
        }
    }

    @Test
    void notANumberIsRefusedAndNothingIsSent() {
        try (Robot robot = robot()) {
            robot.connect();
            CommandMode mode = robot.spec().modes().iterator().next();
            robot.enable(mode);
            double[] wanted = new double[joints(robot)];
            Arrays.fill(wanted, Double.NaN);
            double[] applied = new double[wanted.length];
            Arrays.fill(applied, SENTINEL);
            assertOneLine(Kind.REFUSED, () -> robot.send(wanted, applied));
            for (double value : applied) {
                assertEquals(SENTINEL, value);
            }
        }
    }

    @Test
    void nothingIsSentBeforeEnabling() {
        try (Robot robot = robot()) {
            robot.connect();
            assertOneLine(Kind.REFUSED, () -> robot.send(new double[joints(robot)], new double[joints(robot)]));
        }
    }

    @Test
    void modeItHasNotIsRefused() {
        try (Robot robot = robot()) {
            robot.connect();
            Set<CommandMode> modes = robot.spec().modes();
            assumeFalse(modes.size() == CommandMode.values().length, "it has all");
            for (CommandMode mode : CommandMode.values()) {
                if (!modes.contains(mode)) {
                    assertOneLine(Kind.REFUSED, () -> robot.enable(mode));
                }
            }
        }
    }

    @Test
    void enablingThatIsNotWantedAnyMoreIsGivenUp() {
        try (Robot robot = robot()) {
            robot.connect();
            CommandMode mode = robot.spec().modes().iterator().next();
            int[] asked = {0};
            robot.enable(mode, () -> ++asked[0] < 0);
            stop(robot, StopWay.TORQUE_OFF);
            assumeTrue(asked[0] > 0, "it gives all drives torque at once");
            assertOneLine(Kind.REFUSED, () -> robot.enable(mode, () -> true));
            assertOneLine(Kind.REFUSED, () -> robot.send(new double[joints(robot)], new double[joints(robot)]));
            stop(robot, StopWay.TORQUE_OFF);
            energised().ifPresent(torque -> assertFalse(torque));
        }
    }

    @Test
    void failedReadLeavesTheTargetUnchanged() {
        Robot robot = robot();
        robot.connect();
        assumeTrue(unplug(), "cannot be unplugged");
        JointStates target = JointStates.ofJoints(joints(robot));
        var failure = assertThrows(RobotException.class, () -> {
            for (int i = 0; i < 1_000; i++) { // what was on its way may still come
                Arrays.fill(target.positions(), SENTINEL);
                Arrays.fill(target.velocities(), SENTINEL);
                Arrays.fill(target.efforts(), SENTINEL);
                target.nanoTime()[0] = 7;
                robot.read(target);
            }
        });
        assertTrue(failure.kind() == Kind.DISCONNECTED || failure.kind() == Kind.TIMEOUT, failure.getMessage());
        double[] unchanged = new double[joints(robot)];
        Arrays.fill(unchanged, SENTINEL);
        assertArrayEquals(unchanged, target.positions());
        assertArrayEquals(unchanged, target.velocities());
        assertArrayEquals(unchanged, target.efforts());
        assertEquals(7, target.nanoTime()[0]);
        robot.close();
    }

    @Test
    void unpluggedRobotCanBeClosed() {
        Robot robot = robot();
        robot.connect();
        robot.enable(robot.spec().modes().iterator().next());
        assumeTrue(unplug(), "cannot be unplugged");
        robot.close();
        robot.close();
    }

    @Test
    void aRobotThatIsNotConnectedSaysSo() {
        Robot robot = robot();
        JointStates states = JointStates.ofJoints(joints(robot));
        assertOneLine(Kind.DISCONNECTED, () -> robot.read(states));
        robot.connect();
        robot.close();
        assertOneLine(Kind.DISCONNECTED, () -> robot.read(states));
    }

    @Test
    void stoppingCanBeRepeatedInEveryState() {
        try (Robot robot = robot()) {
            robot.connect();
            for (StopWay way : StopWay.values()) {
                stop(robot, way);
            }
            for (CommandMode mode : robot.spec().modes()) {
                for (StopWay way : StopWay.values()) {
                    robot.enable(mode);
                    stop(robot, way);
                    stop(robot, way);
                    energised().ifPresent(torque -> assertEquals(way != StopWay.TORQUE_OFF, torque, mode + ", " + way));
                }
            }
        }
    }

    @Test
    void closingTakesTheTorqueAwayAndCanBeRepeated() {
        Robot robot = robot();
        robot.connect();
        robot.enable(robot.spec().modes().iterator().next());
        robot.close();
        robot.close();
        energised().ifPresent(torque -> assertFalse(torque));
    }

    @Test
    void aRobotToldToHoldHoldsAfterClosing() {
        Robot robot = robot();
        robot.connect();
        robot.enable(robot.spec().modes().iterator().next());
        stop(robot, StopWay.HOLD);
        robot.close();
        energised().ifPresent(torque -> assertTrue(torque));
    }

    @Test
    void watchdogTakesWhatTheSpecPromises() {
        try (Robot robot = robot()) {
            robot.connect();
            robot.setWatchdog(0);
            switch (robot.spec().watchdog()) {
                case DriveWatchdog.Settable(double shortest, double longest) -> {
                    robot.setWatchdog(longest);
                    robot.setWatchdog(shortest);
                    robot.setWatchdog(0);
                    assertOneLine(Kind.REFUSED, () -> robot.setWatchdog(shortest / 2));
                    assertOneLine(Kind.REFUSED, () -> robot.setWatchdog(longest * 2));
                }
                case DriveWatchdog.Fixed(double seconds) -> robot.setWatchdog(seconds);
                case DriveWatchdog.None() -> assertOneLine(Kind.REFUSED, () -> robot.setWatchdog(0.1));
            }
        }
    }

    @Test
    void healthOfAWellDriveHasNoErrors() {
        try (Robot robot = robot()) {
            robot.connect();
            DriveHealth health = DriveHealth.ofJoints(joints(robot));
            Arrays.fill(health.errors(), "stale");
            robot.readHealth(health);
            for (String error : health.errors()) {
                assertEquals("", error);
            }
        }
    }

    @Test
    void cyclesAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        try (Robot robot = robot()) {
            robot.connect();
            robot.enable(robot.spec().modes().iterator().next());
            JointStates states = JointStates.ofJoints(joints(robot));
            double[] wanted = new double[joints(robot)];
            double[] applied = new double[joints(robot)];
            robot.read(states);
            if (robot.spec().modes().iterator().next() == CommandMode.POSITION) {
                System.arraycopy(states.positions(), 0, wanted, 0, wanted.length);
            }
            cycle(robot, states, wanted, applied);
            threads.getThreadAllocatedBytes(thread);

            long before = threads.getThreadAllocatedBytes(thread);
            cycle(robot, states, wanted, applied);
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            assertTrue(allocated <= SLACK_BYTES, allocated + " bytes allocated in " + CYCLES + " cycles");
        }
    }

    /// A machine that is busy may miss a reply now and then: that is not what is measured.
    private static void cycle(Robot robot, JointStates states, double[] wanted, double[] applied) {
        int missed = 0;
        for (int i = 0; i < CYCLES; i++) {
            try {
                robot.read(states);
            } catch (RobotException late) {
                missed++;
                assertTrue(missed < 5, late.getMessage());
            }
            robot.send(wanted, applied);
        }
    }

    private static int joints(Robot robot) {
        return robot.spec().joints().size();
    }

    private static JointStates read(Robot robot) {
        JointStates states = JointStates.ofJoints(joints(robot));
        robot.read(states);
        return states;
    }

    private static void stop(Robot robot, StopWay way) {
        StopWay[] ways = new StopWay[joints(robot)];
        Arrays.fill(ways, way);
        robot.stop(ways);
    }

    private static void assertOneLine(Kind kind, org.junit.jupiter.api.function.Executable call) {
        var thrown = assertThrows(RobotException.class, call);
        assertEquals(kind, thrown.kind(), thrown.getMessage());
        assertFalse(thrown.getMessage().contains("\n"), thrown.getMessage());
    }
}
