package dev.limber.robot.session.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.GoalLog;
import dev.limber.robot.testing.GoalLog.Goal;
import dev.limber.robot.testing.Rig;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What happens to the process of a session, seen from the servos.
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no pseudo-terminals")
class ProcessFaultsTest {

    private static final long PATIENCE = 30_000_000_000L;

    private final GoalLog log = new GoalLog();
    private final EmulatedRobot device = EmulatedRobot.dynamixel(Setup.of(Rig.arm()).with(log), new JBulletEngine());

    @AfterEach
    void checkEverythingThatWasWritten() {
        device.close();
        Arm.assertWithinLimits(log);
    }

    private SessionProcess moving(CommandMode mode) throws Exception {
        var process = new SessionProcess(device.path().toString(), mode);
        process.await("RUNNING");
        await("the arm moves", () -> Math.abs(device.positions()[0]) > 0.02);
        return process;
    }

    @Test
    void aProcessThatStoodStillForASecondStopsBeforeItCommandsAnything() throws Exception {
        try (var process = moving(CommandMode.VELOCITY)) {
            process.signal("STOP");
            awaitSilence(1_000_000_000);
            double[] before = device.positions();
            log.clear();
            process.signal("CONT");
            String fault = process.await("FAULT");
            assertTrue(fault.contains("the loop stood still"), fault);
            await("the servos are told to stop", () -> log.goals().stream().anyMatch(Goal::takesTorque));
            List<Goal> moving = log.goals().stream()
                    .filter(goal -> goal.register() == ControlTable.GOAL_VELOCITY && goal.value() != 0).toList();
            // One command may have been computed before the signal came and be sent after it.
            assertTrue(moving.size() <= 2, () -> "commands after standing still: " + moving);
            double[] after = device.positions();
            assertEquals(before[0], after[0], 0.2);
        }
    }

    @Test
    void aKilledProcessLeavesServosThatStopByThemselves() throws Exception {
        try (var process = moving(CommandMode.VELOCITY)) {
            process.signal("KILL");
            process.awaitEnd();
            assertTrue(log.goals().stream()
                    .anyMatch(goal -> goal.register() == ControlTable.BUS_WATCHDOG && goal.value() == 25),
                    "a watchdog of 0.5 s");
            awaitSilence(600_000_000);
            double[] before = device.positions();
            awaitSilence(900_000_000);
            double[] after = device.positions();
            for (int i = 0; i < 2; i++) {
                assertEquals(before[i], after[i], 0.01, "it moves although nobody commands it");
            }
        }
    }

    @Test
    void aProcessThatIsEndedStopsTheServosFirst() throws Exception {
        try (var process = moving(CommandMode.POSITION)) {
            log.clear();
            process.signal("TERM");
            process.awaitEnd();
            await("a stop in the log", () -> log.goals().stream().anyMatch(Goal::takesTorque));
            List<Goal> first = log.goals().stream().filter(goal -> goal.id() == 1).toList();
            assertEquals(0, first.stream().dropWhile(goal -> !goal.takesTorque())
                    .filter(goal -> goal.register() == ControlTable.GOAL_POSITION).count(), "commands after the stop");
        }
    }

    /// Waits until nothing has come over the line for so long.
    private void awaitSilence(long nanos) {
        await("silence", () -> System.nanoTime() - log.lastReceived() > nanos);
    }

    private static void await(String what, BooleanSupplier reached) {
        long patience = System.nanoTime() + PATIENCE;
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - patience > 0) {
                fail("not within " + PATIENCE / 1_000_000_000 + " s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
