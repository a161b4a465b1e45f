package dev.limber.robot.session.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.Options;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.api.session.SessionListener;
import dev.limber.api.session.SessionRecorder;
import dev.limber.api.session.SessionSpec;
import dev.limber.robot.dynamixel.DynamixelFactory;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.session.LiveSession;
import dev.limber.robot.session.realtime.Pace;
import dev.limber.robot.testing.GoalLog;
import dev.limber.robot.testing.GoalLog.Goal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The emulated arm, how tests drive it, and what may be written to it.
final class Arm {

    static final double RATE = 100;
    /// The session's limits, narrower than the drives' own: range [rad], velocity [rad/s], effort [N m].
    static final double RANGE = 0.4;
    static final double VELOCITY = 2;
    static final double EFFORT = 1.5;

    private static final double WATCHDOG = 2.5;
    /// Of an XM430-W350: stall torque by stall current, and the unit of current.
    private static final double EFFORT_UNIT = 0.00269 * 4.1 / 2.3;

    private Arm() {}

    /// What tests start from: a machine that stands still for seconds is no fault, and answers may take their time.
    static SessionSpec.Builder spec(String device) {
        return SessionSpec.of("dynamixel", device).rate(RATE).stall(10).watchdog(WATCHDOG).ramp(0);
    }

    /// A session that is connected and limited.
    ///
    /// @param recorder of its cycles
    static LiveSession connect(SessionSpec spec, Optional<SessionRecorder> recorder, SessionListener listener) {
        var options = Options.of(Map.of("ids", "1,2", "joints", "shoulder,elbow", "baud", 4_000_000, "timeout", 0.2));
        var session = new LiveSession(spec, new DynamixelFactory().create(spec.address(), options), Pace.ofMachine(),
                header -> recorder, listener, closed -> {});
        session.connect();
        Limits limits = Limits.of(session.robot());
        for (JointLimits joint : limits.joints()) {
            limits = limits.with(joint.withRange(-RANGE, RANGE).withVelocity(VELOCITY).withEffort(EFFORT));
        }
        session.limit(limits);
        return session;
    }

    /// Fails where any servo was ever told to be outside of the session's limits, whatever wrote it.
    static void assertWithinLimits(GoalLog log) {
        List<Goal> goals = log.goals();
        assertTrue(goals.stream().anyMatch(goal -> goal.register() >= ControlTable.GOAL_PWM),
                "nothing was ever commanded");
        for (Goal goal : goals) {
            double value = goal.value();
            assertTrue(switch (goal.register()) {
                case ControlTable.GOAL_POSITION -> Math.abs(value - ControlTable.CENTER)
                        * ControlTable.RADIANS_PER_TICK <= RANGE;
                case ControlTable.GOAL_VELOCITY -> Math.abs(value) * ControlTable.VELOCITY_UNIT <= VELOCITY;
                case ControlTable.GOAL_CURRENT -> Math.abs(value) * EFFORT_UNIT <= EFFORT;
                case ControlTable.GOAL_PWM -> value == 0;
                default -> true;
            }, () -> "outside of the limits: " + goal);
        }
    }

    /// Fails where a position was commanded that the one before it in the log cannot have led to at the highest velocity. Lost commands count
    /// as those that were sent.
    static void assertNoJumps(GoalLog log) {
        double perCycle = VELOCITY / RATE / ControlTable.RADIANS_PER_TICK + 1;
        for (int id = 1; id <= 2; id++) {
            Goal before = null;
            for (Goal goal : log.goals()) {
                if (goal.id() == id && goal.register() == ControlTable.TORQUE_ENABLE) {
                    before = null;
                } else if (goal.id() == id && goal.register() == ControlTable.GOAL_POSITION) {
                    if (before != null) {
                        double way = Math.abs(goal.value() - before.value());
                        assertTrue(way <= perCycle, before + " was followed by " + goal);
                    }
                    before = goal;
                }
            }
        }
    }

    /// Wants to be far beyond the limits, on one side and then on the other.
    static final class Swing implements Controller {

        private final CommandMode mode;
        private int asked;

        Swing(CommandMode mode) {
            this.mode = mode;
        }

        @Override
        public void reset(JointStates measured) {}

        @Override
        public void control(JointStates measured, double[] wanted) {
            double scale = mode == CommandMode.EFFORT ? 0.5 : 3;
            wanted[0] = scale * Math.sin(0.1 * asked++);
            wanted[1] = -wanted[0];
        }
    }
}
