package dev.limber.api.physics;

/// Three numbers along x, y and z.
public record Vector3(double x, double y, double z) {

    /// (0, 0, 0).
    public static final Vector3 ZERO = new Vector3(0, 0, 0);
    /// (1, 0, 0): forward.
    public static final Vector3 X = new Vector3(1, 0, 0);
    /// (0, 1, 0): left.
    public static final Vector3 Y = new Vector3(0, 1, 0);
    /// (0, 0, 1): up.
    public static final Vector3 Z = new Vector3(0, 0, 1);

    /// The Euclidean length.
    public double length() {
        return Math.sqrt(x * x + y * y + z * z);
    }
}
