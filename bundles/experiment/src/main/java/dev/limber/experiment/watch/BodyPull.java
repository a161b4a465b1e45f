package dev.limber.experiment.watch;

import dev.limber.api.environment.Environment;
import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Scene;
import dev.limber.api.watch.Pull;

/// Turns a damped spring into a force on a body, step by step.
final class BodyPull {

    private double[] poses = {};
    private Vector3 before = Vector3.ZERO;
    private Pull last = new Pull(-1, -1, Vector3.ZERO, Vector3.ZERO, 0, 0);

    /// Pushes the body for its next step.
    ///
    /// @param poseSize numbers in the poses of one copy
    void apply(Pull pull, Environment environment, int poseSize, double stepSeconds) {
        if (poses.length != poseSize) {
            poses = new double[poseSize];
        }
        environment.poses(pull.copy(), poses, 0);
        Vector3 grip = inWorld(pull.grip(), Scene.POSE * pull.body());
        boolean held = last.copy() == pull.copy() && last.body() == pull.body() && last.grip().equals(pull.grip());
        Vector3 velocity = held ? scaled(minus(grip, before), 1 / stepSeconds) : Vector3.ZERO;
        Vector3 stretch = minus(pull.target(), grip);
        environment.push(pull.copy(), pull.body(),
                minus(scaled(stretch, pull.stiffness()), scaled(velocity, pull.damping())), grip);
        before = grip;
        last = pull;
    }

    private Vector3 inWorld(Vector3 p, int at) {
        double x = poses[at + 3];
        double y = poses[at + 4];
        double z = poses[at + 5];
        double w = poses[at + 6];
        double tx = 2 * (y * p.z() - z * p.y());
        double ty = 2 * (z * p.x() - x * p.z());
        double tz = 2 * (x * p.y() - y * p.x());
        return new Vector3(poses[at] + p.x() + w * tx + y * tz - z * ty,
                poses[at + 1] + p.y() + w * ty + z * tx - x * tz,
                poses[at + 2] + p.z() + w * tz + x * ty - y * tx);
    }

    private static Vector3 minus(Vector3 a, Vector3 b) {
        return new Vector3(a.x() - b.x(), a.y() - b.y(), a.z() - b.z());
    }

    private static Vector3 scaled(Vector3 a, double by) {
        return new Vector3(by * a.x(), by * a.y(), by * a.z());
    }
}
