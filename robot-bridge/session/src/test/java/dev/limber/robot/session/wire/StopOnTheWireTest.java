package dev.limber.robot.session.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Phase;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.testing.GoalLog.Goal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Emergency stops in the servos' byte log, counted in commands: how fast a loaded machine is, is no matter of these tests.
@Timeout(120)
class StopOnTheWireTest {

    private static final int STOPS = 200;

    @Test
    void noSecondCommandFollowsAnEmergencyStopAtAnyMomentOfACycle() {
        var chance = new SplittableRandom(1);
        int afterwards = 0;
        try (var arm = new DrivenArm(spec -> spec.rate(200))) {
            for (int i = 0; i < STOPS; i++) {
                arm.arm();
                arm.session.run("swing", new Arm.Swing(CommandMode.POSITION));
                LockSupport.parkNanos(5_000_000 + chance.nextLong(5_000_000));
                long triggered = System.nanoTime();
                arm.session.emergencyStop("test");
                arm.awaitFault("emergency stop: test");
                List<Goal> since = arm.log.goals().stream().filter(goal -> goal.nanoTime() > triggered && goal.id() == 1)
                        .toList();
                long commands = since.stream().takeWhile(goal -> !goal.takesTorque())
                        .filter(goal -> goal.register() == ControlTable.GOAL_POSITION).count();
                assertTrue(since.stream().anyMatch(Goal::takesTorque), "no stop in the log");
                assertTrue(commands <= 1, commands + " commands between the trigger and the stop");
                afterwards += (int) since.stream().dropWhile(goal -> !goal.takesTorque())
                        .filter(goal -> goal.register() == ControlTable.GOAL_POSITION).count();
                arm.session.reset();
                assertEquals(Phase.CONNECTED, arm.session.phase());
                arm.log.clear();
            }
            assertEquals(0, afterwards, "commands after a stop");
            arm.arm();
            arm.awaitCycles(1);
        }
    }

    @Test
    void aLostHeartbeatStops() {
        try (var arm = new DrivenArm(spec -> spec.heartbeat(0.2))) {
            arm.arm();
            arm.awaitFault("lost heartbeat");
            assertTrue(arm.log.goals().stream().anyMatch(Goal::takesTorque));
        }
    }
}
