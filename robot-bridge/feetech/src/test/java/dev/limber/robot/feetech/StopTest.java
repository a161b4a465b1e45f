package dev.limber.robot.feetech;

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
import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.serial.feetech.FeetechParser;
import dev.limber.robot.serial.feetech.FeetechTable;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.Faults;
import dev.limber.robot.testing.Rig;
import dev.limber.robot.testing.WireLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StopTest {

    private static final StopWay[] DAMP = {StopWay.DAMP, StopWay.DAMP};
    private static final StopWay[] HOLD = {StopWay.HOLD, StopWay.HOLD};
    private static final StopWay[] FALL = {StopWay.TORQUE_OFF, StopWay.TORQUE_OFF};

    private final Requests requests = new Requests();
    private EmulatedRobot device;
    private Robot robot;

    @BeforeEach
    void plugIn() {
        device = EmulatedRobot.feetech(Setup.of(Rig.arm()).with(requests), new JBulletEngine());
        connect(0.5);
    }

    private void connect(double timeout) {
        robot = new FeetechFactory().create(device.path().toString(),
                Options.of(Map.of("ids", "1,2", "joints", "shoulder,elbow", "timeout", timeout)));
        robot.connect();
    }

    @AfterEach
    void close() {
        device.faults(Faults.NONE);
        robot.close();
        device.close();
    }

    @Test
    void servosThatFollowPositionsAreDampedByOneRequest() {
        robot.enable(CommandMode.POSITION);
        assertEquals(List.of(write(FeetechTable.MODE), read()), stop(DAMP));
        assertEquals(List.of(), stop(DAMP));
        assertTrue(device.energised());
        JointStates states = JointStates.ofJoints(2);
        robot.read(states);
        robot.enable(CommandMode.POSITION);
        robot.send(states.positions(), new double[2]);
    }

    @Test
    void servosThatTurnAreStoppedBeforeTheyAreDamped() {
        robot.enable(CommandMode.VELOCITY);
        robot.send(new double[] {0.5, -0.5}, new double[2]);
        assertEquals(List.of(write(FeetechTable.GOAL_SPEED), write(FeetechTable.MODE), read()), stop(DAMP));
    }

    @Test
    void holdingAsksWhetherAllHold() {
        robot.enable(CommandMode.POSITION);
        assertEquals(List.of(read()), stop(HOLD));
        assertEquals(List.of(), stop(HOLD));
    }

    @Test
    void torqueIsTakenFromAllByOneRequest() {
        robot.enable(CommandMode.POSITION);
        assertEquals(List.of(write(FeetechTable.TORQUE_ENABLE), read()), stop(FALL));
        assertFalse(device.energised());
        assertEquals(List.of(), stop(FALL));
    }

    @Test
    void whoLostItsPowerForAMomentSaysSoAndIsNotGivenTorqueByHolding() {
        DriveHealth health = DriveHealth.ofJoints(2);
        robot.enable(CommandMode.POSITION);
        robot.readHealth(health);
        assertEquals(List.of("", ""), List.of(health.errors()));
        device.restart(2);
        robot.readHealth(health);
        assertEquals(List.of("", "loss of torque, as after a loss of power"), List.of(health.errors()));
        device.restart(1);
        robot.stop(HOLD);
        assertFalse(device.energised());
    }

    /// A stop that throws is tried again, as sessions do; one that does not has reached every servo.
    @ParameterizedTest
    @EnumSource(value = CommandMode.class, names = {"POSITION", "VELOCITY"})
    void whoeverMissedARequestIsToldAgain(CommandMode mode) {
        robot.close();
        connect(0.02);
        for (int seed = 0; seed < 20; seed++) {
            enable(mode);
            device.faults(new Faults(0.03, 0.01, 0, 0, 0, seed));
            boolean stopped = false;
            while (!stopped) {
                try {
                    robot.stop(FALL);
                    stopped = true;
                } catch (RobotException lost) {
                    assertTrue(lost.getMessage().contains("servo "), lost.getMessage());
                }
            }
            device.faults(Faults.NONE);
            assertFalse(device.energised());
        }
    }

    /// A busy machine may miss a reply.
    private void enable(CommandMode mode) {
        for (int attempt = 1;; attempt++) {
            try {
                robot.enable(mode);
                return;
            } catch (RobotException late) {
                assertTrue(attempt < 20, late.getMessage());
            }
        }
    }

    private List<String> stop(StopWay[] ways) {
        robot.read(JointStates.ofJoints(2)); // is answered when everything before it has arrived
        requests.clear();
        robot.stop(ways);
        return requests.all();
    }

    private static String write(int address) {
        return "write " + address;
    }

    private static String read() {
        return "read " + FeetechTable.MODE;
    }

    /// What was asked of all servos together, or else of which one.
    private static final class Requests implements WireLog {

        private final FeetechParser parser = new FeetechParser();
        private final List<String> all = new ArrayList<>();

        @Override
        public synchronized void received(long nanoTime, byte[] bytes, int count) {
            parser.accept(bytes, 0, count);
            while (parser.next()) {
                all.add(switch (parser.kind()) {
                    case FeetechTable.SYNC_WRITE -> write(parser.u8(0));
                    case FeetechTable.SYNC_READ -> "read " + parser.u8(0);
                    default -> parser.kind() + " to " + parser.id();
                });
            }
        }

        @Override
        public void sent(long nanoTime, byte[] bytes, int count) {}

        synchronized void clear() {
            all.clear();
        }

        synchronized List<String> all() {
            return List.copyOf(all);
        }
    }
}
