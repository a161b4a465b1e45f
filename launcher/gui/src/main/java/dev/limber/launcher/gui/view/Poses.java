package dev.limber.launcher.gui.view;

import dev.limber.api.physics.Vector3;

/// Points between the world and frames of bodies, given as poses: position and unit quaternion (x, y, z, w).
final class Poses {

    private Poses() {}

    /// A point of a body's frame in the world.
    static Vector3 toWorld(double[] poses, int at, Vector3 p) {
        Vector3 turned = turn(poses[at + 3], poses[at + 4], poses[at + 5], poses[at + 6], p);
        return new Vector3(poses[at] + turned.x(), poses[at + 1] + turned.y(), poses[at + 2] + turned.z());
    }

    /// A point of the world in a body's frame.
    static Vector3 toBody(double[] poses, int at, Vector3 p) {
        return turn(-poses[at + 3], -poses[at + 4], -poses[at + 5], poses[at + 6],
                new Vector3(p.x() - poses[at], p.y() - poses[at + 1], p.z() - poses[at + 2]));
    }

    private static Vector3 turn(double x, double y, double z, double w, Vector3 p) {
        double tx = 2 * (y * p.z() - z * p.y());
        double ty = 2 * (z * p.x() - x * p.z());
        double tz = 2 * (x * p.y() - y * p.x());
        return new Vector3(p.x() + w * tx + y * tz - z * ty, p.y() + w * ty + z * tx - x * tz,
                p.z() + w * tz + x * ty - y * tx);
    }

    /// Velocity of a body between two poses: linear [m/s] and angular [rad/s], in the world.
    static double[] velocity(double[] before, double[] now, int at, double seconds) {
        double x = now[at + 3];
        double y = now[at + 4];
        double z = now[at + 5];
        double w = now[at + 6];
        double bx = -before[at + 3];
        double by = -before[at + 4];
        double bz = -before[at + 5];
        double bw = before[at + 6];
        double sign = w * bw - x * bx - y * by - z * bz < 0 ? -1 : 1;
        double vx = sign * (w * bx + x * bw + y * bz - z * by);
        double vy = sign * (w * by - x * bz + y * bw + z * bx);
        double vz = sign * (w * bz + x * by - y * bx + z * bw);
        double sine = Math.sqrt(vx * vx + vy * vy + vz * vz);
        double rate = sine < 1e-12 ? 0 : 2 * Math.asin(Math.min(1, sine)) / sine / seconds;
        return new double[] {(now[at] - before[at]) / seconds, (now[at + 1] - before[at + 1]) / seconds,
            (now[at + 2] - before[at + 2]) / seconds, vx * rate, vy * rate, vz * rate};
    }
}
