package dev.limber.robot.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotException;
import dev.limber.physics.jbullet.JBulletEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Simulated robots on a clock that the test turns.
class SimulatedRobotTest {

    private static final long STEP = 1_000_000;

    private long now;

    private Robot robot(Map<String, Object> options) {
        Robot robot = SimulatedFactory.robot("cart-pole", Models.cartPole(), new JBulletEngine(),
                Options.of(options).as(SimulatedSettings.class), () -> now);
        robot.connect();
        return robot;
    }

    /// Reads after each of some milliseconds.
    private double[] positions(Robot robot, int steps, int joint) {
        JointStates states = JointStates.ofJoints(2);
        double[] positions = new double[steps];
        for (int i = 0; i < steps; i++) {
            now += STEP;
            robot.read(states);
            positions[i] = states.positions()[joint];
        }
        return positions;
    }

    @Test
    void aForceAcceleratesTheCartAsItsMassSays() {
        try (Robot robot = robot(Map.of())) {
            robot.enable(CommandMode.EFFORT);
            robot.send(new double[] {5, 0}, new double[2]);
            double[] positions = positions(robot, 100, 0);
            assertEquals(0.5 * 5 / (1 + 0.1 / 4) * 0.1 * 0.1, positions[99], 1e-3);
        }
    }

    @Test
    void latencyShiftsWhatIsMeasuredByTwiceItself() {
        double[] prompt;
        double[] late;
        try (Robot robot = robot(Map.of())) {
            robot.enable(CommandMode.EFFORT);
            robot.send(new double[] {5, 0}, new double[2]);
            prompt = positions(robot, 100, 0);
        }
        try (Robot robot = robot(Map.of("latency", 0.01))) {
            robot.enable(CommandMode.EFFORT);
            robot.send(new double[] {5, 0}, new double[2]);
            late = positions(robot, 120, 0);
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(prompt[i], late[i + 20], 1e-12, "command and measurement each come 10 steps later");
        }
    }

    @Test
    void measuredPositionsHaveTheResolutionThatWasAskedFor() {
        try (Robot robot = robot(Map.of("resolution", 0.01, "positionNoise", 0.02))) {
            for (double position : positions(robot, 50, 1)) {
                assertEquals(Math.rint(position / 0.01), position / 0.01, 1e-9);
            }
        }
    }

    @Test
    void stictionHoldsWhatPushesLess() {
        try (Robot robot = robot(Map.of("stiction", 1.0, "start", "0,3.141592653589793"))) {
            robot.enable(CommandMode.EFFORT);
            robot.send(new double[] {0.9, 0}, new double[2]);
            assertEquals(0, positions(robot, 200, 0)[199], 1e-3);
            robot.send(new double[] {2, 0}, new double[2]);
            assertTrue(positions(robot, 200, 0)[199] > 0.01);
        }
    }

    @Test
    void lossFailsReadingsAsOftenAsItSays() {
        try (Robot robot = robot(Map.of("loss", 0.2))) {
            int failed = 0;
            for (int i = 0; i < 1000; i++) {
                now += STEP;
                try {
                    robot.read(JointStates.ofJoints(2));
                } catch (RobotException lost) {
                    assertEquals(RobotException.Kind.TIMEOUT, lost.kind());
                    failed++;
                }
            }
            assertEquals(200, failed, 50);
        }
    }

    @Test
    void sameSeedAndClockGiveTheSameMeasurements() {
        Map<String, Object> options = Map.of("positionNoise", 0.01, "seed", 5L);
        double[] first;
        try (Robot robot = robot(options)) {
            first = positions(robot, 50, 0);
        }
        try (Robot robot = robot(options)) {
            org.junit.jupiter.api.Assertions.assertArrayEquals(first, positions(robot, 50, 0));
        }
    }

    @Test
    void aPoleIsHeldUntilTheRobotIsToMoveAndPutBackWhenItHasNoTorque() {
        try (Robot robot = robot(Map.of("start", "0,0.1"))) {
            assertEquals(0.1, positions(robot, 500, 1)[499], 1e-6, "held");
            robot.enable(CommandMode.EFFORT);
            assertEquals(0.1, positions(robot, 500, 1)[499], 1e-6, "still held");
            robot.send(new double[] {0.1, 0}, new double[2]);
            assertTrue(positions(robot, 500, 1)[499] > 0.2, "falls");
            robot.stop(new Robot.StopWay[] {Robot.StopWay.TORQUE_OFF, Robot.StopWay.TORQUE_OFF});
            assertEquals(0.1, positions(robot, 2, 1)[1], 1e-6, "put back");
        }
    }

    @Test
    void drivesThatHearNothingStopByTheirWatchdog() {
        try (Robot robot = robot(Map.of("start", "0,3.141592653589793"))) {
            robot.setWatchdog(0.05);
            robot.enable(CommandMode.VELOCITY);
            robot.send(new double[] {1, 0}, new double[2]);
            positions(robot, 500, 0);
            now += 180 * STEP;
            double stopped = positions(robot, 1500, 0)[1499];
            var thrown = assertThrows(RobotException.class, () -> robot.send(new double[2], new double[2]));
            assertEquals(RobotException.Kind.REFUSED, thrown.kind());
            assertEquals(stopped, positions(robot, 1000, 0)[999], 0.05, "it would have gone 1 m");
        }
    }

    @Test
    void anEnvironmentThatIsNotThereIsNamed() {
        var factory = new SimulatedFactory();
        factory.addEngine(new JBulletEngine(), Map.of("limber.name", "jbullet"));
        var thrown = assertThrows(UsageException.class, () -> factory.create("Nothing-v0", Options.defaults()));
        assertEquals("there is no environment 'Nothing-v0' with a mechanism to simulate, only []", thrown.getMessage());
    }
}
