package dev.limber.robot.session.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionRecorder;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.session.LiveSession;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.GoalLog;
import dev.limber.robot.testing.GoalLog.Goal;
import dev.limber.robot.testing.Rig;
import dev.limber.robot.testing.WireLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        var commands = new Commands();
        try (var arm = new DrivenArm(spec -> spec.rate(200).controllerMisses(10_000), Optional.of(commands))) {
            for (int i = 0; i < STOPS; i++) {
                arm.arm();
                arm.session.run("swing", new Arm.Swing(CommandMode.POSITION));
                LockSupport.parkNanos(5_000_000 + chance.nextLong(5_000_000));
                arm.log.clear();
                long triggered = System.nanoTime();
                arm.session.emergencyStop("test");
                arm.awaitFault("emergency stop: test");
                arm.session.reset(); // Not before every servo has taken the stop.
                List<Goal> goals = arm.log.goals().stream().filter(goal -> goal.id() == 1).toList();
                assertTrue(goals.stream().anyMatch(Goal::takesTorque), "no stop in the log");
                assertEquals(0, goals.stream().dropWhile(goal -> !goal.takesTorque())
                        .filter(goal -> goal.register() == ControlTable.GOAL_POSITION).count(),
                        "commands after the stop");
                commands.triggered(triggered);
            }
        }
        assertEquals(STOPS, commands.stops());
        assertTrue(commands.most() <= 1, commands.most() + " commands after a trigger");
    }

    /// When commands were handed over.
    private static final class Commands implements SessionRecorder {

        private final List<Long> handedOver = new ArrayList<>();
        private final List<Long> stopped = new ArrayList<>();
        private final List<Long> triggers = new ArrayList<>();

        @Override
        public synchronized void cycle(Cycle cycle) {
            if (cycle.times()[3] != 0) {
                (cycle.number()[1] == Phase.RUNNING.ordinal() ? handedOver : stopped).add(cycle.times()[3]);
            }
        }

        @Override
        public void event(SessionEvent event) {}

        @Override
        public void close() {}

        synchronized void triggered(long nanoTime) {
            triggers.add(nanoTime);
        }

        /// How many triggers were followed by a stop before the next one.
        synchronized long stops() {
            return triggers.stream().filter(trigger -> stopped.stream().anyMatch(stop -> stop > trigger)).count();
        }

        /// The most commands of a controller between a trigger and the stop that follows it.
        synchronized long most() {
            return triggers.stream().mapToLong(trigger -> {
                long stop = stopped.stream().filter(each -> each > trigger).mapToLong(Long::longValue).min()
                        .orElseThrow();
                return handedOver.stream().filter(each -> each > trigger && each < stop).count();
            }).max().orElseThrow();
        }
    }

    @Test
    void aStopWhileAServoGetsTorqueKeepsTheOtherOneWithout() {
        try (var arm = new StoppedWhileArming()) {
            arm.stopWhenTheFirstServoHasTorque();
            assertTrue(arm.wasTold(1, ControlTable.TORQUE_ENABLE, 1));
            assertFalse(arm.wasTold(2, ControlTable.TORQUE_ENABLE, 1));
        }
    }

    @Test
    void aStopWhileItIsArmedAnewLetsNothingFallThatHolds() {
        try (var arm = new StoppedWhileArming()) {
            arm.session.arm();
            arm.session.stop();
            arm.stopWhenTheFirstServoHasTorque();
            assertTrue(arm.wasTold(1, ControlTable.TORQUE_ENABLE, 1));
            assertFalse(arm.wasTold(1, ControlTable.TORQUE_ENABLE, 0));
            assertFalse(arm.wasTold(2, ControlTable.TORQUE_ENABLE, 0));
        }
    }

    /// The arm with joints that hold when they are stopped, which is stopped as soon as the first servo is told to have torque, and before it can
    /// answer.
    private static final class StoppedWhileArming implements WireLog, AutoCloseable {

        private final GoalLog log = new GoalLog();
        private final EmulatedRobot device = EmulatedRobot.dynamixel(Setup.of(Rig.arm()).with(this),
                new JBulletEngine());
        private final LiveSession session = Arm.connect(Arm.spec(device.path().toString())
                .stopWay("shoulder", StopWay.HOLD).stopWay("elbow", StopWay.HOLD).build(), Optional.empty(),
                event -> {});
        private volatile boolean stops;

        StoppedWhileArming() {
            session.calibrate();
        }

        void stopWhenTheFirstServoHasTorque() {
            log.clear();
            stops = true;
            var refused = assertThrows(RobotException.class, session::arm);
            assertEquals("a stop came while the servos were given torque", refused.getMessage());
            assertEquals(Phase.FAULT, session.phase());
            assertEquals("emergency stop: test", session.status().reason());
        }

        boolean wasTold(int id, int register, int value) {
            return log.goals().stream()
                    .anyMatch(goal -> goal.id() == id && goal.register() == register && goal.value() == value);
        }

        @Override
        public void received(long nanoTime, byte[] bytes, int count) {
            log.received(nanoTime, bytes, count);
            if (stops && wasTold(1, ControlTable.TORQUE_ENABLE, 1)) {
                stops = false;
                session.emergencyStop("test");
            }
        }

        @Override
        public void sent(long nanoTime, byte[] bytes, int count) {}

        @Override
        public void close() {
            session.close();
            device.close();
        }
    }

    @Test
    void aLostHeartbeatStops() {
        try (var arm = new DrivenArm(spec -> spec.heartbeat(0.5))) {
            arm.arm();
            arm.awaitFault("lost heartbeat");
            arm.await("a stop in the log", () -> arm.log.goals().stream().anyMatch(Goal::takesTorque));
        }
    }
}
