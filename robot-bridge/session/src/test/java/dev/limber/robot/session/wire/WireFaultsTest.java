package dev.limber.robot.session.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Limit;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.api.session.Phase;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.testing.Faults;
import dev.limber.robot.testing.GoalLog.Goal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong on the way to real servos, and how each session ends. Every arm checks its whole byte log when it is closed.
@Timeout(120)
class WireFaultsTest {

    @ParameterizedTest
    @EnumSource(CommandMode.class)
    void whateverAControllerWantsStaysWithinTheLimits(CommandMode mode) {
        try (var arm = DrivenArm.moving(mode)) {
            arm.awaitCycles(200);
            // Only positions can be promised: a joint that coasts beyond its limits is a fault.
            assertTrue(arm.session.phase() == Phase.RUNNING
                    || mode != CommandMode.POSITION && arm.session.status().reason().contains("beyond its limits"),
                    () -> arm.session.status().reason());
            assertTrue(arm.session.status().clips().values().stream().mapToLong(Long::longValue).sum() > 0);
            Arm.assertNoJumps(arm.log);
        }
    }

    @Test
    void anUnpluggedCableIsAFault() {
        try (var arm = DrivenArm.moving(CommandMode.POSITION)) {
            arm.device.unplug();
            arm.awaitFault("the connection is gone");
        }
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0", "0, 0.01", "0.3, 0", "0, 0.3"})
    void aLineThatLosesOrChangesBytesIsAFaultAndAGoodOneCanBeArmedAgain(double drop, double flip) {
        try (var arm = DrivenArm.moving(CommandMode.POSITION)) {
            arm.device.faults(new Faults(drop, flip, 0, 0, 0, 5));
            if (drop + flip > 0.1) {
                arm.awaitFault("cycles in a row without a good reply");
            } else {
                long failed = arm.session.status().failedReplies();
                arm.await("replies that failed", () -> arm.session.status().failedReplies() > failed + 20);
                if (arm.session.phase() == Phase.RUNNING) {
                    arm.session.emergencyStop("test");
                }
                arm.awaitFault("");
            }
            arm.device.faults(Faults.NONE);
            arm.awaitCycles(3);
            arm.session.reset();
            arm.arm();
            assertEquals(Phase.ARMED, arm.session.phase());
        }
    }

    @Test
    void lateAndDoubledAnswersAreNeverTakenForNewOnes() {
        try (var arm = new DrivenArm(spec -> spec.replyMisses(1000))) {
            arm.arm();
            arm.device.faults(new Faults(0, 0, 0.3, 0.2, 0.25, 7));
            // It stands still, so every good answer says the same.
            double[] at = arm.session.status().cycle().measured().positions().clone();
            arm.await("replies that failed", () -> arm.session.status().failedReplies() > 5);
            assertEquals(Phase.ARMED, arm.session.phase(), () -> arm.session.status().reason());
            double[] still = arm.session.status().cycle().measured().positions();
            for (int i = 0; i < 2; i++) {
                assertEquals(at[i], still[i], 0.02);
            }
            arm.device.faults(Faults.NONE);
        }
    }

    @Test
    void lateAndDoubledAnswersWhileItMovesLeadToNoCommandOutside() {
        try (var arm = new DrivenArm(spec -> spec.replyMisses(1000).controllerMisses(1000))) {
            arm.arm();
            arm.session.run("swing", new Arm.Swing(CommandMode.POSITION));
            arm.device.faults(new Faults(0, 0, 0.3, 0.1, 0.25, 11));
            arm.await("replies that failed", () -> arm.session.status().failedReplies() > 5);
            assertEquals(Phase.RUNNING, arm.session.phase(), () -> arm.session.status().reason());
            arm.device.faults(Faults.NONE);
            arm.awaitCycles(20);
            Arm.assertNoJumps(arm.log);
        }
    }

    @Test
    void aControllerThatIsReplacedWhileItMovesHandsOverWithoutAJump() {
        try (var arm = DrivenArm.moving(CommandMode.POSITION)) {
            for (int i = 0; i < 20; i++) {
                int side = i % 2 == 0 ? 3 : -3;
                arm.session.run("side " + side, new Controller() {

                    @Override
                    public void reset(JointStates measured) {}

                    @Override
                    public void control(JointStates measured, double[] wanted) {
                        Arrays.fill(wanted, side);
                    }
                });
                arm.awaitCycles(5);
            }
            assertEquals(Phase.RUNNING, arm.session.phase(), () -> arm.session.status().reason());
            Arm.assertNoJumps(arm.log);
        }
    }

    @Test
    void anOverloadedServoIsAFault() {
        try (var arm = DrivenArm.moving(CommandMode.POSITION)) {
            arm.device.overload(2);
            arm.awaitFault("joint 'elbow' (servo 2) reports overload");
        }
    }

    @Test
    void aServoThatLostItsPowerForAMomentIsAFault() {
        try (var arm = new DrivenArm(spec -> spec)) {
            arm.arm(); // It hangs, so that only the servo itself can tell.
            arm.device.restart(2);
            arm.awaitFault("a drive reports a fault: joint 'elbow': loss of torque or watchdog");
        }
    }

    @Test
    void aFrozenControllerIsAFaultAfterAPathToRest() {
        var never = new CountDownLatch(1);
        try (var arm = driven(asked -> {
            if (asked > 40) {
                await(never);
            }
            return 3;
        })) {
            arm.awaitFault("had no answer for 10 cycles in a row");
            arm.awaitCycles(100);
            Arm.assertNoJumps(arm.log);
        }
    }

    @Test
    void closingWaitsUntilAFaultHasComeToRest() {
        double acceleration = 2;
        try (var arm = new DrivenArm(spec -> spec.mode(CommandMode.VELOCITY))) {
            Limits limits = arm.session.status().limits();
            for (JointLimits joint : limits.joints()) {
                limits = limits.with(joint.withAcceleration(acceleration));
            }
            arm.session.limit(limits);
            arm.arm();
            arm.log.clear();
            arm.session.run("wishes", wishing(asked -> {
                if (asked > 40) {
                    throw new IllegalStateException("enough");
                }
                return 1;
            }));
            arm.awaitFault("enough");
            arm.session.close();
            List<Integer> velocities = arm.log.goals().stream().filter(goal -> goal.id() == 1)
                    .takeWhile(goal -> !goal.takesTorque())
                    .filter(goal -> goal.register() == ControlTable.GOAL_VELOCITY)
                    .map(Goal::value).toList();
            int step = (int) Math.ceil(acceleration / Arm.RATE / ControlTable.VELOCITY_UNIT) + 1;
            int before = 0;
            for (int velocity : velocities) {
                assertTrue(Math.abs(velocity - before) <= step, velocities::toString);
                before = velocity;
            }
            assertTrue(Collections.max(velocities) > 5 * step, velocities::toString);
            assertEquals(0, velocities.getLast(), velocities::toString);
        }
    }

    @Test
    void aControllerThatWantsNoNumberIsAFaultAfterAPathToRest() {
        try (var arm = driven(asked -> asked > 40 ? Double.NaN : 3)) {
            arm.awaitFault("wanted NaN of joint 'shoulder'");
            arm.awaitCycles(100);
            Arm.assertNoJumps(arm.log);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e30, -1e30, Double.MAX_VALUE})
    void hugeWishesAreLimited(double wish) {
        try (var arm = driven(asked -> wish)) {
            arm.awaitCycles(100);
            assertEquals(Phase.RUNNING, arm.session.phase(), () -> arm.session.status().reason());
            assertTrue(arm.session.status().clips().get(Limit.POSITION) > 0);
            Arm.assertNoJumps(arm.log);
        }
    }

    @Test
    void memoryThatFillsAndIsCollectedChangesNoCommand() throws InterruptedException {
        var ending = new AtomicBoolean();
        List<Thread> greedy = new ArrayList<>();
        try (var arm = DrivenArm.moving(CommandMode.POSITION)) {
            for (int i = 0; i < 3; i++) {
                greedy.add(Thread.ofPlatform().daemon().start(() -> allocate(ending)));
            }
            arm.awaitCycles(150);
            assertTrue(arm.session.phase() == Phase.RUNNING
                    || arm.session.status().reason().contains("had no answer for"), // It was collected meanwhile.
                    () -> arm.session.status().reason());
            ending.set(true);
            for (Thread thread : greedy) {
                thread.join();
            }
            Arm.assertNoJumps(arm.log);
        } finally {
            ending.set(true);
        }
    }

    private static void allocate(AtomicBoolean ending) {
        byte[][] kept = new byte[64][];
        for (int i = 0; !ending.get(); i++) {
            kept[i % kept.length] = new byte[100_000];
        }
    }

    private interface Wish {
        double at(int asked);
    }

    private static DrivenArm driven(Wish wish) {
        var arm = new DrivenArm(spec -> spec);
        arm.arm();
        arm.session.run("wishes", wishing(wish));
        return arm;
    }

    private static Controller wishing(Wish wish) {
        return new Controller() {

            private int asked;

            @Override
            public void reset(JointStates measured) {}

            @Override
            public void control(JointStates measured, double[] wanted) {
                Arrays.fill(wanted, wish.at(asked++));
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException dismissed) {
            Thread.currentThread().interrupt();
        }
    }
}
