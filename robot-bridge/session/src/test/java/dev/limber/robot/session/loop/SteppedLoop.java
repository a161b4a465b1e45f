package dev.limber.robot.session.loop;

import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.api.session.SessionSpec;
import dev.limber.robot.session.fixture.MemoryRobot;
import dev.limber.robot.session.fixture.StepClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/// A loop that is stepped cycle by cycle at 500 Hz on a clock of its own.
final class SteppedLoop {

    static final double CYCLE = 0.002;

    final StepClock clock = new StepClock();
    final MemoryRobot robot;
    final ControlLoop loop;
    final CycleRing ring;
    final List<String> told = new ArrayList<>();
    private long due;

    SteppedLoop(MemoryRobot robot, SessionSpec spec) {
        this.robot = robot;
        robot.connect();
        ring = new CycleRing(16, robot.spec().joints().size());
        loop = new ControlLoop(spec, robot, clock, (kind, phase, text) -> told.add(phase + ": " + text), ring);
        due = clock.nanoTime();
    }

    /// A spec at 500 Hz without a ramp.
    static SessionSpec.Builder spec() {
        return SessionSpec.of("memory", "0").rate(1 / CYCLE).ramp(0);
    }

    /// A loop that is armed.
    static SteppedLoop armed(SessionSpec spec) {
        var stepped = new SteppedLoop(new MemoryRobot(), spec);
        stepped.loop.calibrate(java.util.Map.of(), 0);
        stepped.loop.arm();
        return stepped;
    }

    SteppedLoop step(int cycles) {
        for (int i = 0; i < cycles; i++) {
            due += Math.round(CYCLE * 1e9);
            clock.parkUntil(due);
            due += loop.cycle(due) * Math.round(CYCLE * 1e9);
        }
        return this;
    }

    /// Fails where a command of position since arming at (0.2, -0.1) was outside the robot's limits.
    void assertWithinLimits() {
        double[] last = {0.2, -0.1};
        double[] velocity = {0, 0};
        for (double[] command : robot.commands()) {
            for (int i = 0; i < 2; i++) {
                RobotSpec.Joint joint = robot.spec().joints().get(i);
                double now = (command[i] - last[i]) / CYCLE;
                Assertions.assertTrue(command[i] >= joint.low() && command[i] <= joint.high(),
                        "position " + command[i]);
                Assertions.assertTrue(Math.abs(now) <= joint.maxVelocity() + 1e-6, "velocity " + now);
                Assertions.assertTrue(Math.abs(now - velocity[i]) <= joint.maxAcceleration() * CYCLE + 1e-6,
                        "acceleration " + (now - velocity[i]) / CYCLE);
                last[i] = command[i];
                velocity[i] = now;
            }
        }
    }

    static JointLimits hip() {
        return new JointLimits("hip", -1, 1, 5, 50, 100, 2);
    }
}
