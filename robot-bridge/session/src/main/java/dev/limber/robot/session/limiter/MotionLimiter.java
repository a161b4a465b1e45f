package dev.limber.robot.session.limiter;

import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Limit;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.JointLimits;

/// Limits commands of position and velocity.
///
/// It only ever takes a step after which braking at the highest deceleration keeps to all limits. Braking itself is such a step, so there is
/// always one. Positions are the commanded ones in mode POSITION and the measured ones in mode VELOCITY.
final class MotionLimiter implements Limiter {

    private static final int HALVINGS = 30;

    private final int joints;
    private final boolean positions;
    private final double cycleSeconds;
    private final boolean[] actuated;
    private final double[] low;
    private final double[] high;
    private final double[] maxVelocity;
    private final double[] step;
    private final double[] maxEffort;
    private final WorkSpace workSpace;
    private final Clips clips;

    /// As they were sent last.
    private final double[] position;
    private final double[] velocity;
    /// As they would be next.
    private final double[] nextPosition;
    private final double[] nextVelocity;
    /// Where a joint shall be, and the velocity that leads there within the next cycle.
    private final double[] target;
    private final double[] straight;
    /// For the work space.
    private final double[] braked;
    private final double[] asked;
    private final double[] ways;

    MotionLimiter(RobotSpec robot, Limits limits, CommandMode mode, double cycleSeconds) {
        joints = robot.joints().size();
        positions = mode == CommandMode.POSITION;
        this.cycleSeconds = cycleSeconds;
        actuated = new boolean[joints];
        low = new double[joints];
        high = new double[joints];
        maxVelocity = new double[joints];
        step = new double[joints];
        maxEffort = new double[joints];
        for (int i = 0; i < joints; i++) {
            JointLimits joint = limits.joints().get(i);
            actuated[i] = robot.joints().get(i).actuated();
            low[i] = joint.low();
            high[i] = joint.high();
            maxVelocity[i] = joint.maxVelocity();
            step[i] = joint.maxAcceleration() * cycleSeconds;
            maxEffort[i] = joint.maxEffort();
        }
        workSpace = new WorkSpace(robot, limits);
        clips = new Clips(joints);
        position = new double[joints];
        velocity = new double[joints];
        nextPosition = new double[joints];
        nextVelocity = new double[joints];
        target = new double[joints];
        straight = new double[joints];
        braked = new double[joints];
        asked = new double[joints];
        ways = new double[joints];
    }

    @Override
    public void start(JointStates measured) {
        System.arraycopy(measured.positions(), 0, position, 0, joints);
        java.util.Arrays.fill(velocity, 0);
        stay();
    }

    private void stay() {
        System.arraycopy(position, 0, nextPosition, 0, joints);
        System.arraycopy(velocity, 0, nextVelocity, 0, joints);
    }

    @Override
    public void limit(JointStates measured, double[] wanted, double scale, double[] limited) {
        where(measured);
        for (int i = 0; i < joints; i++) {
            if (actuated[i]) {
                nextVelocity[i] = Double.isFinite(wanted[i]) && Double.isFinite(position[i])
                        ? next(i, wanted[i], measured.efforts()[i], scale * maxVelocity[i])
                        : refused(i);
            }
        }
        step();
        if (workSpace.rows() > 0) {
            keepToWorkSpace();
        }
        System.arraycopy(positions ? nextPosition : nextVelocity, 0, limited, 0, joints);
    }

    @Override
    public void brake(JointStates measured, double[] limited) {
        where(measured);
        for (int i = 0; i < joints; i++) {
            nextVelocity[i] = slower(i);
            straight[i] = Double.NaN;
        }
        step();
        System.arraycopy(positions ? nextPosition : nextVelocity, 0, limited, 0, joints);
    }

    /// Takes over the positions that are not commanded; of what was not measured, the last ones that were.
    private void where(JointStates measured) {
        for (int i = 0; i < joints; i++) {
            if ((!positions || !actuated[i]) && Double.isFinite(measured.positions()[i])) {
                position[i] = measured.positions()[i];
            }
        }
        stay();
    }

    /// The velocity of a joint for the next cycle.
    private double next(int joint, double wanted, double effort, double fastest) {
        double within = positions ? Math.clamp(wanted, low[joint], high[joint]) : wanted;
        if (within != wanted) {
            clips.add(joint, Limit.POSITION);
        }
        double way = within - position[joint];
        double direct = positions ? way / cycleSeconds : within;
        target[joint] = within;
        straight[joint] = direct;
        double chosen = direct;
        if (Math.abs(direct) > fastest) {
            clips.add(joint, Limit.VELOCITY);
            chosen = Math.copySign(fastest, direct);
        }
        double now = velocity[joint];
        if (Math.abs(chosen - now) > step[joint]) {
            clips.add(joint, Limit.ACCELERATION);
        }
        if (positions && (chosen != direct || Math.abs(direct - now) > step[joint])) {
            // It takes more than one cycle: do not run past the target.
            chosen = Math.copySign(
                    Math.min(Math.abs(chosen), Braking.velocityWithin(Math.abs(way), step[joint], cycleSeconds)),
                    direct);
        }
        chosen = Math.clamp(chosen, now - step[joint], now + step[joint]);
        double slower = slower(joint);
        // What keeps it within its range comes before what is wanted, and what brakes it at most before that.
        double up = Math.max(slower,
                Braking.velocityWithin(high[joint] - position[joint], step[joint], cycleSeconds));
        double down = Math.min(slower,
                -Braking.velocityWithin(position[joint] - low[joint], step[joint], cycleSeconds));
        if (chosen > up || chosen < down) {
            clips.add(joint, Limit.POSITION);
            chosen = Math.clamp(chosen, down, up);
        }
        if (chosen > Math.max(slower, 0) && effort > maxEffort[joint]
                || chosen < Math.min(slower, 0) && effort < -maxEffort[joint]) {
            clips.add(joint, Limit.EFFORT);
            chosen = slower;
        }
        return chosen;
    }

    private double refused(int joint) {
        straight[joint] = Double.NaN;
        clips.add(joint, Limit.NOT_A_NUMBER);
        return slower(joint);
    }

    /// The velocity after braking for one cycle.
    private double slower(int joint) {
        double now = velocity[joint];
        return now > 0 ? Math.max(0, now - step[joint]) : Math.min(0, now + step[joint]);
    }

    /// Goes where the next velocity leads.
    private void step() {
        for (int i = 0; i < joints; i++) {
            if (actuated[i]) {
                double reached = positions && nextVelocity[i] == straight[i]
                        ? target[i]
                        : position[i] + nextVelocity[i] * cycleSeconds;
                nextPosition[i] = Math.clamp(reached, Math.min(low[i], position[i]), Math.max(high[i], position[i]));
            }
        }
    }

    /// Slows all joints of the work space together until they can still be stopped within it.
    private void keepToWorkSpace() {
        if (holds()) {
            return;
        }
        System.arraycopy(nextVelocity, 0, asked, 0, joints);
        for (int i = 0; i < joints; i++) {
            braked[i] = actuated[i] ? slower(i) : nextVelocity[i];
            if (workSpace.involves(i) && actuated[i] && braked[i] != asked[i]) {
                clips.add(i, Limit.WORK_SPACE);
            }
        }
        double good = 0;
        double bad = 1;
        for (int k = 0; k < HALVINGS; k++) {
            double middle = (good + bad) / 2;
            mix(middle);
            if (holds()) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        mix(good);
    }

    private void mix(double part) {
        for (int i = 0; i < joints; i++) {
            if (workSpace.involves(i)) {
                nextVelocity[i] = part == 0 ? braked[i] : braked[i] + part * (asked[i] - braked[i]);
            }
        }
        step();
    }

    private boolean holds() {
        for (int i = 0; i < joints; i++) {
            ways[i] = actuated[i]
                    ? Math.copySign(Braking.way(Math.abs(nextVelocity[i]), step[i], cycleSeconds), nextVelocity[i])
                    : 0;
        }
        return workSpace.holds(nextPosition, ways);
    }

    @Override
    public void sent() {
        System.arraycopy(nextPosition, 0, position, 0, joints);
        System.arraycopy(nextVelocity, 0, velocity, 0, joints);
    }

    @Override
    public boolean resting() {
        for (int i = 0; i < joints; i++) {
            if (actuated[i] && velocity[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Clips clips() {
        return clips;
    }
}
