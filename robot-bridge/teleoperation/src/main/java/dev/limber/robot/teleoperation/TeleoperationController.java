package dev.limber.robot.teleoperation;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.api.session.RobotSession;
import java.util.List;

/// Moves joints as fast as a person pushes them. A position is moved with that velocity; without the dead-man button it
/// stays, and velocities and efforts are 0.
final class TeleoperationController implements Controller {

    /// A cycle that was longer counts as this long: nothing jumps after a pause [s].
    private static final double LONGEST_STEP = 0.05;
    /// How far a target may be ahead of what was sent, in seconds of motion: where a limit holds it, it does not run away.
    private static final double LEAD = 0.2;

    private final Operator operator;
    private final JointLimits[] limits;
    private final CommandMode mode;
    private final double speed;
    private final double[] deflections;
    private final double[] targets;
    private long lastNanos;

    /// A controller for a session, whose person can stop it until the robot moves no more.
    ///
    /// @param operator is closed where it cannot be
    static TeleoperationController of(Operator operator, RobotSession session, double speed) {
        try {
            return new TeleoperationController(new LastingOperator(operator, session),
                    session.status().limits().joints(), session.spec().mode(), speed);
        } catch (UsageException refused) {
            operator.close();
            throw refused;
        }
    }

    /// @param limits in the order of the joints
    /// @param speed part of the greatest velocity or effort at full deflection, above 0 to 1
    /// @throws UsageException where a joint has none
    TeleoperationController(Operator operator, List<JointLimits> limits, CommandMode mode, double speed) {
        this.operator = operator;
        for (JointLimits limit : limits) {
            if (Double.isInfinite(mode == CommandMode.EFFORT ? limit.maxEffort() : limit.maxVelocity())) {
                String what = mode == CommandMode.EFFORT ? "effort" : "velocity";
                throw new UsageException("joint '" + limit.joint() + "' has no greatest " + what
                        + ", of which a person could push a part; give it one: --limit " + limit.joint() + "." + what
                        + "=1");
            }
        }
        this.limits = limits.toArray(JointLimits[]::new);
        this.mode = mode;
        this.speed = speed;
        deflections = new double[this.limits.length];
        targets = new double[this.limits.length];
    }

    @Override
    public void reset(JointStates measured) {
        System.arraycopy(measured.positions(), 0, targets, 0, targets.length);
        lastNanos = measured.nanoTime()[0];
    }

    @Override
    public void control(JointStates measured, double[] wanted) {
        double step = Math.clamp((measured.nanoTime()[0] - lastNanos) / 1e9, 0, LONGEST_STEP);
        lastNanos = measured.nanoTime()[0];
        boolean alive = operator.read(deflections);
        for (int i = 0; i < wanted.length; i++) {
            double push = alive ? Math.clamp(deflections[i], -1, 1) * speed : 0;
            switch (mode) {
                case POSITION -> wanted[i] = position(i, push, step, wanted[i]);
                case VELOCITY -> wanted[i] = push * limits[i].maxVelocity();
                case EFFORT -> wanted[i] = push * limits[i].maxEffort();
            }
        }
    }

    private double position(int joint, double push, double step, double sent) {
        JointLimits limit = limits[joint];
        double velocity = push * limit.maxVelocity();
        double lead = LEAD * speed * limit.maxVelocity();
        if (Math.abs(targets[joint] - sent) > lead) {
            targets[joint] = Math.clamp(targets[joint], sent - lead, sent + lead);
        }
        if (velocity != 0) {
            targets[joint] = Math.clamp(targets[joint] + velocity * step, limit.low(), limit.high());
        }
        return targets[joint];
    }

    @Override
    public void close() {
        operator.close();
    }
}
