package dev.limber.robot.session.limiter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Limit;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.Constraint;
import dev.limber.api.session.Limits.JointLimits;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimiterTest {

    private static final double CYCLE = 0.002;
    private static final int JOINTS = 4;
    private static final double[] HOSTILE = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e30,
        -1e30,
        Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -0.0};

    private final RobotSpec robot = new RobotSpec("arm",
            List.of(new Joint("shoulder", -2, 2, 5, 40, 3, true), new Joint("elbow", -1, 2.5, 8, 100, 1, true),
                    new Joint("wheel", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 30, 200, 0.5, true),
                    new Joint("pendulum", -10, 10, 20, 100, 1, false)),
            Set.of(CommandMode.values()), 0.001, new DriveWatchdog.Settable(0.02, 2));
    private final Limits limits = Limits.of(robot)
            .with(new Constraint("reach", Map.of("shoulder", 1.0, "elbow", -0.7), -1.2, 1))
            .with(new Constraint("height", Map.of("shoulder", 0.5, "elbow", 1.0), -1, 2));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noCommandOfPositionIsOutsideWhateverIsWanted(long seed) {
        var random = new SeededRandom(seed);
        Limiter limiter = Limiter.of(robot, limits, CommandMode.POSITION, CYCLE);
        JointStates measured = JointStates.ofJoints(JOINTS);
        limiter.start(measured);
        var wanted = new double[JOINTS];
        var command = new double[JOINTS];
        var last = new double[JOINTS];
        var velocity = new double[JOINTS];
        var workSpace = new WorkSpace(robot, limits);
        for (int k = 0; k < 40_000; k++) {
            want(random, wanted, k, 4);
            measure(random, measured);
            if (random.nextInt(50) == 0) {
                limiter.brake(measured, command);
            } else {
                limiter.limit(measured, wanted, 1, command);
            }
            if (random.nextInt(20) == 0) {
                continue; // It could not be sent.
            }
            limiter.sent();
            for (int i = 0; i < JOINTS - 1; i++) {
                JointLimits joint = limits.joints().get(i);
                double now = (command[i] - last[i]) / CYCLE;
                assertTrue(command[i] >= joint.low() && command[i] <= joint.high(), "position " + command[i]);
                assertTrue(Math.abs(now) <= joint.maxVelocity() + 1e-6, "velocity " + now);
                assertTrue(Math.abs(now - velocity[i]) <= joint.maxAcceleration() * CYCLE + 1e-6,
                        "acceleration " + (now - velocity[i]) / CYCLE + " in cycle " + k);
                velocity[i] = now;
                last[i] = command[i];
            }
            assertEquals(-1, workSpace.broken(command), "work space in cycle " + k);
        }
        for (Limit limit : List.of(Limit.NOT_A_NUMBER, Limit.POSITION, Limit.VELOCITY, Limit.ACCELERATION, Limit.EFFORT,
                Limit.WORK_SPACE)) {
            assertTrue(limiter.clips().count(0, limit) > 0, limit + " was never met");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noCommandOfVelocityIsOutsideAndNoJointThatObeysLeavesItsRange(long seed) {
        var random = new SeededRandom(seed);
        Limiter limiter = Limiter.of(robot, limits, CommandMode.VELOCITY, CYCLE);
        JointStates measured = JointStates.ofJoints(JOINTS);
        limiter.start(measured);
        var wanted = new double[JOINTS];
        var command = new double[JOINTS];
        var last = new double[JOINTS];
        var workSpace = new WorkSpace(robot, limits);
        for (int k = 0; k < 40_000; k++) {
            want(random, wanted, k, 40);
            limiter.limit(measured, wanted, 1, command);
            limiter.sent();
            for (int i = 0; i < JOINTS - 1; i++) {
                JointLimits joint = limits.joints().get(i);
                assertTrue(Math.abs(command[i]) <= joint.maxVelocity(), "velocity " + command[i]);
                assertTrue(Math.abs(command[i] - last[i]) <= joint.maxAcceleration() * CYCLE + 1e-9,
                        "acceleration " + (command[i] - last[i]) / CYCLE);
                last[i] = command[i];
                measured.positions()[i] += command[i] * CYCLE;
                assertTrue(
                        measured.positions()[i] >= joint.low() - 1e-9 && measured.positions()[i] <= joint.high() + 1e-9,
                        "position " + measured.positions()[i]);
            }
            assertEquals(-1, workSpace.broken(measured.positions()), "work space in cycle " + k);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noEffortIsTooLargeOrChangesTooFast(long seed) {
        var random = new SeededRandom(seed);
        Limiter limiter = Limiter.of(robot, limits, CommandMode.EFFORT, CYCLE);
        JointStates measured = JointStates.ofJoints(JOINTS);
        limiter.start(measured);
        var wanted = new double[JOINTS];
        var command = new double[JOINTS];
        var last = new double[JOINTS];
        for (int k = 0; k < 40_000; k++) {
            want(random, wanted, k, 5);
            measure(random, measured);
            for (int i = 0; i < JOINTS; i++) {
                measured.positions()[i] = hostile(random, 3);
            }
            limiter.limit(measured, wanted, 1, command);
            limiter.sent();
            for (int i = 0; i < JOINTS - 1; i++) {
                JointLimits joint = limits.joints().get(i);
                assertTrue(Math.abs(command[i]) <= joint.maxEffort(), "effort " + command[i]);
                assertTrue(Math.abs(command[i] - last[i]) <= joint.maxEffortRate() * CYCLE + 1e-9,
                        "rate " + (command[i] - last[i]) / CYCLE);
                boolean outwards = measured.positions()[i] > joint.high() && command[i] > 0
                        || measured.positions()[i] < joint.low() && command[i] < 0
                        || Math.abs(measured.velocities()[i]) > joint.maxVelocity()
                                && command[i] * measured.velocities()[i] > 0;
                assertTrue(
                        !outwards || Math.abs(
                                command[i]) <= Math.max(0, Math.abs(last[i]) - joint.maxEffortRate() * CYCLE) + 1e-9,
                        "pushed outwards with " + command[i] + " after " + last[i]);
                last[i] = command[i];
            }
            assertEquals(0, command[JOINTS - 1], "a joint that is only measured was pushed");
        }
    }

    @ParameterizedTest
    @EnumSource(CommandMode.class)
    void whatWasNotMeasuredEndsNoLoop(CommandMode mode) {
        Limiter limiter = Limiter.of(robot, limits, mode, CYCLE);
        JointStates measured = JointStates.ofJoints(JOINTS);
        limiter.start(measured);
        var command = new double[JOINTS];
        for (int k = 0; k < 30; k++) {
            limiter.limit(measured, new double[] {2, 2, 30, 0}, 1, command);
            limiter.sent();
        }
        java.util.Arrays.fill(measured.positions(), Double.NaN);
        java.util.Arrays.fill(measured.velocities(), Double.NaN);
        limiter.limit(measured, new double[] {2, 2, 30, 0}, 1, command);
        limiter.sent();
        for (int k = 0; k < 500 && !limiter.resting(); k++) {
            limiter.brake(measured, command);
            limiter.sent();
        }
        assertTrue(limiter.resting());
        for (int i = 0; i < JOINTS - 1; i++) {
            assertTrue(Double.isFinite(command[i]), "command " + command[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(CommandMode.class)
    void aLiftThatMayStopAtOnceAndIsOpenAboveIsStillKeptFromTheGround(CommandMode mode) {
        double none = Double.POSITIVE_INFINITY;
        var lift = new RobotSpec("lift", List.of(new Joint("lift", 0, none, 5, none, 3, true)),
                Set.of(CommandMode.values()), 0.001, new DriveWatchdog.Settable(0.02, 2));
        Limiter limiter = Limiter.of(lift, Limits.of(lift), mode, CYCLE);
        JointStates measured = JointStates.ofJoints(1);
        measured.positions()[0] = 0.5;
        limiter.start(measured);
        var random = new SeededRandom(1);
        var command = new double[1];
        double position = 0.5;
        double last = 0;
        for (int k = 0; k < 20_000; k++) {
            if (mode == CommandMode.EFFORT) {
                measured.positions()[0] = random.nextDouble() - 0.5;
            }
            limiter.limit(measured, new double[] {hostile(random, 10)}, 1, command);
            limiter.sent();
            switch (mode) {
                case POSITION -> position = command[0];
                case VELOCITY -> measured.positions()[0] = position += command[0] * CYCLE;
                case EFFORT -> assertTrue(
                        measured.positions()[0] > 0 || command[0] >= 0
                                || command[0] >= last + 3 / Limits.EFFORT_RISE_SECONDS * CYCLE - 1e-9,
                        "pushed down below the ground with " + command[0] + " after " + last);
            }
            last = command[0];
            assertTrue(position >= -1e-9, "position " + position + " in cycle " + k);
        }
    }

    @Test
    void aPathWithinTheLimitsPassesBitForBit() {
        Limiter limiter = Limiter.of(robot, limits, CommandMode.POSITION, CYCLE);
        JointStates measured = JointStates.ofJoints(JOINTS);
        limiter.start(measured);
        var wanted = new double[JOINTS];
        var command = new double[JOINTS];
        for (int k = 0; k < 5_000; k++) {
            double time = k * CYCLE;
            wanted[0] = 0.5 * (1 - Math.cos(3 * time)) * 0.8;
            wanted[1] = 0.3 * (1 - Math.cos(5 * time));
            wanted[2] = 0.01 * time * time;
            limiter.limit(measured, wanted, 1, command);
            limiter.sent();
            assertArrayEquals(wanted, command, "cycle " + k);
        }
        var totals = new long[Limit.values().length];
        limiter.clips().totals(totals);
        assertArrayEquals(new long[totals.length], totals);
    }

    @Test
    void aFarTargetIsReachedWithoutRunningPastIt() {
        Limiter limiter = Limiter.of(robot, Limits.of(robot), CommandMode.POSITION, CYCLE);
        JointStates measured = JointStates.ofJoints(JOINTS);
        limiter.start(measured);
        var command = new double[JOINTS];
        double[] wanted = {1.5, 2, -3, 0};
        double highest = 0;
        int cycles = 0;
        while (command[0] != 1.5 || command[1] != 2 || command[2] != -3) {
            limiter.limit(measured, wanted, 1, command);
            limiter.sent();
            highest = Math.max(highest, command[0]);
            assertTrue(++cycles < 400, "not there after 0.8 s: " + command[0] + ", " + command[1] + ", " + command[2]);
        }
        assertEquals(1.5, highest);
        // Time-optimal: 1.5 rad at 5 rad/s and 40 rad/s^2 take 1.5 / 5 + 5 / 40 s.
        assertEquals(1.5 / 5 + 5.0 / 40, cycles * CYCLE, 0.02);
    }

    @ParameterizedTest
    @EnumSource(CommandMode.class)
    void brakingEndsAtRestAfterTheTimeThatTheLimitsAllow(CommandMode mode) {
        Limiter limiter = Limiter.of(robot, Limits.of(robot), mode, CYCLE);
        JointStates measured = JointStates.ofJoints(JOINTS);
        limiter.start(measured);
        var command = new double[JOINTS];
        for (int k = 0; k < 30; k++) {
            limiter.limit(measured, new double[] {2, 2, 30, 0}, 1, command);
            limiter.sent();
        }
        assertTrue(!limiter.resting());
        int cycles = 0;
        while (!limiter.resting()) {
            limiter.brake(measured, command);
            limiter.sent();
            assertTrue(++cycles <= 200, "still moves");
        }
        double[] rest = command.clone();
        limiter.brake(measured, command);
        assertArrayEquals(rest, command);
    }

    @Test
    void theRampLetsThroughAPartOfVelocityAndEffort() {
        JointStates measured = JointStates.ofJoints(JOINTS);
        var command = new double[JOINTS];
        for (CommandMode mode : List.of(CommandMode.VELOCITY, CommandMode.EFFORT)) {
            Limiter limiter = Limiter.of(robot, Limits.of(robot), mode, CYCLE);
            limiter.start(measured);
            for (int k = 0; k < 500; k++) {
                limiter.limit(measured, new double[] {1e6, 0, 1e6, 0}, 0.1, command);
                limiter.sent();
            }
            assertEquals(mode == CommandMode.VELOCITY ? 3 : 0.05, command[2], 1e-9);
        }
    }

    @ParameterizedTest
    @EnumSource(CommandMode.class)
    void limitingAllocatesNothing(CommandMode mode) {
        Limiter limiter = Limiter.of(robot, limits, mode, CYCLE);
        JointStates measured = JointStates.ofJoints(JOINTS);
        limiter.start(measured);
        double[] wanted = {1e30, Double.NaN, -1e30, 0};
        var command = new double[JOINTS];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5 && allocated > 0; round++) { // The first ones load classes and compile.
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < 20_000; k++) {
                wanted[0] = k % 3 - 1.0;
                limiter.limit(measured, wanted, 1, command);
                limiter.sent();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
    }

    /// Hostile numbers, noise, steps, and sometimes something sensible.
    private static void want(SeededRandom random, double[] wanted, int cycle, double spread) {
        for (int i = 0; i < wanted.length; i++) {
            if (cycle / 100 % 3 == 0) {
                wanted[i] = hostile(random, spread);
            } else if (cycle % 200 == 0 || cycle / 100 % 3 == 1) {
                wanted[i] = spread * (2 * random.nextDouble() - 1);
            }
        }
    }

    private static void measure(SeededRandom random, JointStates measured) {
        for (int i = 0; i < JOINTS; i++) {
            measured.velocities()[i] = hostile(random, 50);
            measured.efforts()[i] = hostile(random, 4);
        }
    }

    private static double hostile(SeededRandom random, double spread) {
        return random.nextInt(4) == 0
                ? HOSTILE[random.nextInt(HOSTILE.length)]
                : spread * (2 * random.nextDouble() - 1);
    }
}
