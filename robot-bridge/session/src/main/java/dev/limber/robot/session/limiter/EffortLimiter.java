package dev.limber.robot.session.limiter;

import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Limit;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.JointLimits;

/// Limits commands of effort.
///
/// What an effort moves is not known, so range, velocity and work space cannot be promised here: a joint that is about to leave them by what is
/// measured is no longer pushed outwards. The effort itself and how fast it changes are never above their limits.
final class EffortLimiter implements Limiter {

    private final int joints;
    private final boolean[] actuated;
    private final double[] low;
    private final double[] high;
    private final double[] maxVelocity;
    private final double[] maxAcceleration;
    private final double[] step;
    private final double[] maxEffort;
    private final WorkSpace workSpace;
    private final Clips clips;
    private final double[] effort;
    private final double[] next;
    private final double[] lowest;
    private final double[] highest;

    EffortLimiter(RobotSpec robot, Limits limits, double cycleSeconds) {
        joints = robot.joints().size();
        actuated = new boolean[joints];
        low = new double[joints];
        high = new double[joints];
        maxVelocity = new double[joints];
        maxAcceleration = new double[joints];
        step = new double[joints];
        maxEffort = new double[joints];
        for (int i = 0; i < joints; i++) {
            JointLimits joint = limits.joints().get(i);
            actuated[i] = robot.joints().get(i).actuated();
            low[i] = joint.low();
            high[i] = joint.high();
            maxVelocity[i] = joint.maxVelocity();
            maxAcceleration[i] = joint.maxAcceleration();
            step[i] = joint.maxEffortRate() * cycleSeconds;
            maxEffort[i] = joint.maxEffort();
        }
        workSpace = new WorkSpace(robot, limits);
        clips = new Clips(joints);
        effort = new double[joints];
        next = new double[joints];
        lowest = new double[joints];
        highest = new double[joints];
    }

    @Override
    public void start(JointStates measured) {
        java.util.Arrays.fill(effort, 0);
        java.util.Arrays.fill(next, 0);
    }

    @Override
    public void limit(JointStates measured, double[] wanted, double scale, double[] limited) {
        for (int i = 0; i < joints; i++) {
            lowest[i] = Double.NEGATIVE_INFINITY;
            highest[i] = Double.POSITIVE_INFINITY;
            if (actuated[i]) {
                guardRange(i, measured.positions()[i], measured.velocities()[i]);
            }
        }
        for (int row = 0; row < workSpace.rows(); row++) {
            guardWorkSpace(row, measured);
        }
        for (int i = 0; i < joints; i++) {
            next[i] = actuated[i] ? next(i, wanted[i], measured, scale * maxEffort[i]) : 0;
        }
        System.arraycopy(next, 0, limited, 0, joints);
    }

    /// Keeps a joint from being pushed where it could no longer be stopped in time, with the acceleration of its limits.
    private void guardRange(int joint, double position, double velocity) {
        double way = velocity * Math.abs(velocity) / (2 * maxAcceleration[joint]);
        if (!(position + Math.max(0, way) < high[joint])) {
            highest[joint] = 0;
        }
        if (!(position + Math.min(0, way) > low[joint])) {
            lowest[joint] = 0;
        }
    }

    private void guardWorkSpace(int row, JointStates measured) {
        double sum = workSpace.sum(row, measured.positions());
        double way = 0;
        for (int i = 0; i < joints; i++) {
            double velocity = measured.velocities()[i];
            way += workSpace.weight(row, i) * velocity * Math.abs(velocity) / (2 * maxAcceleration[i]);
        }
        boolean over = !(sum + Math.max(0, way) < workSpace.high(row));
        boolean under = !(sum + Math.min(0, way) > workSpace.low(row));
        for (int i = 0; i < joints; i++) {
            double weight = workSpace.weight(row, i);
            if (over && weight > 0 || under && weight < 0) {
                highest[i] = 0;
            }
            if (over && weight < 0 || under && weight > 0) {
                lowest[i] = 0;
            }
        }
    }

    private double next(int joint, double wanted, JointStates measured, double strongest) {
        double chosen = wanted;
        if (!Double.isFinite(chosen)) {
            clips.add(joint, Limit.NOT_A_NUMBER);
            chosen = 0;
        }
        if (Math.abs(chosen) > strongest) {
            clips.add(joint, Limit.EFFORT);
            chosen = Math.copySign(strongest, chosen);
        }
        double inside = Math.clamp(chosen, lowest[joint], highest[joint]);
        if (inside != chosen) {
            clips.add(joint, workSpace.involves(joint) && inRange(joint, measured) ? Limit.WORK_SPACE : Limit.POSITION);
            chosen = inside;
        }
        double velocity = measured.velocities()[joint];
        if (!(Math.abs(velocity) < maxVelocity[joint]) && !(chosen * velocity <= 0)) {
            clips.add(joint, Limit.VELOCITY);
            chosen = 0;
        }
        double now = effort[joint];
        if (Math.abs(chosen - now) > step[joint]) {
            clips.add(joint, Limit.RATE);
            chosen = Math.clamp(chosen, now - step[joint], now + step[joint]);
        }
        return Math.clamp(chosen, -maxEffort[joint], maxEffort[joint]);
    }

    private boolean inRange(int joint, JointStates measured) {
        double position = measured.positions()[joint];
        double velocity = measured.velocities()[joint];
        double end = position + velocity * Math.abs(velocity) / (2 * maxAcceleration[joint]);
        return Math.min(position, end) > low[joint] && Math.max(position, end) < high[joint];
    }

    @Override
    public void brake(JointStates measured, double[] limited) {
        for (int i = 0; i < joints; i++) {
            next[i] = effort[i] > 0 ? Math.max(0, effort[i] - step[i]) : Math.min(0, effort[i] + step[i]);
        }
        System.arraycopy(next, 0, limited, 0, joints);
    }

    @Override
    public void sent() {
        System.arraycopy(next, 0, effort, 0, joints);
    }

    @Override
    public boolean resting() {
        for (double each : effort) {
            if (each != 0) {
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
