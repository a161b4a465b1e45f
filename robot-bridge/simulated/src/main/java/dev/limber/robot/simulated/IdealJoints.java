package dev.limber.robot.simulated;

import dev.limber.api.robot.RobotSpec.Joint;
import java.util.List;

/// Joints that follow at once, within their largest velocity: positions are gone to, velocities are taken, efforts
/// accelerate an inertia of 1.
final class IdealJoints implements Plant {

    private static final double STEP = 0.001;
    /// Slows down to a half in this time while damping [s].
    private static final double DAMPING_SECONDS = 0.05;

    private final List<Joint> joints;
    private final double[] q;
    private final double[] qd;
    private final double[] effort;

    IdealJoints(List<Joint> joints) {
        this.joints = joints;
        q = new double[joints.size()];
        qd = new double[joints.size()];
        effort = new double[joints.size()];
    }

    @Override
    public List<Joint> joints() {
        return joints;
    }

    @Override
    public double stepSeconds() {
        return STEP;
    }

    @Override
    public void step(Drive[] drives, double[] goals) {
        for (int i = 0; i < q.length; i++) {
            Joint joint = joints.get(i);
            effort[i] = drives[i] == Drive.EFFORT ? goals[i] : 0;
            double velocity = switch (drives[i]) {
                case POSITION -> (goals[i] - q[i]) / STEP;
                case VELOCITY -> goals[i];
                case EFFORT -> qd[i] + effort[i] * STEP;
                case DAMPING -> qd[i] * Math.pow(0.5, STEP / DAMPING_SECONDS);
                case OFF -> qd[i];
            };
            qd[i] = Math.clamp(velocity, -joint.maxVelocity(), joint.maxVelocity());
            double next = q[i] + qd[i] * STEP;
            q[i] = Math.clamp(next, joint.low(), joint.high());
            if (q[i] != next) {
                qd[i] = 0;
            }
        }
    }

    @Override
    public void measure(double[] positions, double[] velocities, double[] efforts) {
        System.arraycopy(q, 0, positions, 0, q.length);
        System.arraycopy(qd, 0, velocities, 0, q.length);
        System.arraycopy(effort, 0, efforts, 0, q.length);
    }

    @Override
    public void reset() {
        java.util.Arrays.fill(q, 0);
        java.util.Arrays.fill(qd, 0);
    }

    @Override
    public void close() {}
}
