package dev.limber.physics.classiccontrol;

/// Poses of bodies that move in the plane of x and z and turn about y.
final class Planar {

    private Planar() {}

    /// Writes the pose of a body turned by `angle` [rad], which takes z towards x. The same bits on every machine.
    static void pose(double[] target, int offset, double x, double z, double angle) {
        target[offset] = x;
        target[offset + 1] = 0;
        target[offset + 2] = z;
        target[offset + 3] = 0;
        target[offset + 4] = StrictMath.sin(angle / 2);
        target[offset + 5] = 0;
        target[offset + 6] = StrictMath.cos(angle / 2);
    }
}
