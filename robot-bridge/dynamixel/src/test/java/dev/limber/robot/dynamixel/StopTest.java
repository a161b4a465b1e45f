package dev.limber.robot.dynamixel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.Faults;
import dev.limber.robot.testing.Rig;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StopTest {

    private static final StopWay[] HOLD = {StopWay.HOLD, StopWay.HOLD};
    private static final double TURNING = 1;
    /// Less than this in so long is standing [rad, ns].
    private static final double MOVED = 0.005;
    private static final long WINDOW = 50_000_000;
    /// Waiting for longer than this fails the test [ns].
    private static final long PATIENCE = 10_000_000_000L;

    private final JointStates states = JointStates.ofJoints(2);
    private EmulatedRobot device;
    private Robot robot;

    @BeforeEach
    void plugIn() {
        device = EmulatedRobot.dynamixel(Setup.of(Rig.arm()), new JBulletEngine());
    }

    private void connect(double timeout) {
        robot = new DynamixelFactory().create(device.path().toString(),
                Options.of(Map.of("ids", "1,2", "joints", "shoulder,elbow", "baud", 4_000_000, "timeout", timeout)));
        robot.connect();
    }

    @AfterEach
    void close() {
        device.faults(Faults.NONE);
        robot.close();
        device.close();
    }

    /// A stop that throws is tried again, as sessions do; one that does not has reached every servo.
    @Test
    void whoTurnsAndMissedARequestIsToldAgain() {
        connect(0.02);
        for (int seed = 0; seed < 10; seed++) {
            turn();
            device.faults(new Faults(0.03, 0.01, 0, 0, 0, seed));
            while (!stopped()) {
            }
            device.faults(Faults.NONE);
            awaitStanding();
            assertTrue(device.energised());
        }
    }

    private boolean stopped() {
        try {
            robot.stop(HOLD);
            return true;
        } catch (RobotException lost) {
            assertTrue(lost.getMessage().contains("servo "), lost.getMessage());
            return false;
        }
    }

    @Test
    void whoIsStoppedByItsWatchdogHoldsToo() {
        connect(0.5);
        robot.setWatchdog(0.3);
        turn();
        DriveHealth health = DriveHealth.ofJoints(2);
        awaitStanding();
        robot.readHealth(health);
        assertEquals("stopped by its watchdog", health.errors()[0]);
        robot.stop(HOLD);
        robot.readHealth(health);
        assertEquals("", health.errors()[0]);
        awaitStanding();
    }

    @ParameterizedTest
    @EnumSource
    void whoLostItsPowerIsNotGivenTorqueByHolding(CommandMode mode) {
        connect(0.5);
        for (boolean held : new boolean[] {false, true}) {
            robot.enable(mode);
            if (held) {
                robot.stop(HOLD);
            }
            device.restart(1);
            device.restart(2);
            robot.stop(HOLD);
            robot.stop(HOLD);
            assertFalse(device.energised());
        }
    }

    private void turn() {
        long deadline = System.nanoTime() + PATIENCE;
        robot.enable(CommandMode.VELOCITY);
        do {
            assertTrue(System.nanoTime() - deadline < 0, "it does not move");
            robot.send(new double[] {TURNING, -TURNING}, new double[2]);
            read();
        } while (states.velocities()[0] < TURNING / 2 || states.velocities()[1] > -TURNING / 2);
    }

    /// A busy machine may miss a reply.
    private void read() {
        try {
            robot.read(states);
        } catch (RobotException late) {
            assertEquals(Kind.TIMEOUT, late.kind(), late.getMessage());
        }
    }

    /// Looks at the mechanism alone: nothing that is said on the line feeds a watchdog.
    private void awaitStanding() {
        long deadline = System.nanoTime() + PATIENCE;
        double[] before;
        double[] after = device.positions();
        do {
            assertTrue(System.nanoTime() - deadline < 0, "it still moves");
            before = after;
            LockSupport.parkNanos(WINDOW);
            after = device.positions();
        } while (Math.abs(after[0] - before[0]) > MOVED || Math.abs(after[1] - before[1]) > MOVED);
    }
}
