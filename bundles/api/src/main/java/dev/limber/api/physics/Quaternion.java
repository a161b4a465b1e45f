package dev.limber.api.physics;

/// A rotation as a unit quaternion (x, y, z, w).
public record Quaternion(double x, double y, double z, double w) {

    /// No rotation.
    public static final Quaternion IDENTITY = new Quaternion(0, 0, 0, 1);

    /// The rotation by `angle` [rad] about `axis`, which need not have length 1.
    public static Quaternion about(Vector3 axis, double angle) {
        double length = Math.sqrt(axis.x() * axis.x() + axis.y() * axis.y() + axis.z() * axis.z());
        double s = Math.sin(angle / 2) / length;
        return new Quaternion(axis.x() * s, axis.y() * s, axis.z() * s, Math.cos(angle / 2));
    }
}
