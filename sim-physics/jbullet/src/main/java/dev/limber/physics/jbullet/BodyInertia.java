package dev.limber.physics.jbullet;

import static dev.limber.physics.jbullet.Rotations.cross;
import static dev.limber.physics.jbullet.Rotations.turn;
import static dev.limber.physics.jbullet.Rotations.turnBack;

import dev.limber.api.physics.ModelSpec;
import java.util.Arrays;

/// How a body resists being moved and turned: its mass, and its moments about the centre of mass along the axes of its
/// frame.
final class BodyInertia {

    private final boolean infinite;
    private final double mass;
    private final double[] moments;
    private final boolean gyroscopic;
    private final double[] spin = new double[3];
    private final double[] momentum = new double[3];
    private final double[] product = new double[3];

    /// @param infinite true where nothing can move the body
    BodyInertia(ModelSpec.Inertia inertia, boolean infinite) {
        this.infinite = infinite;
        mass = inertia.mass();
        moments = Rotations.vector(inertia.diagonal());
        gyroscopic = !infinite && (moments[0] != moments[1] || moments[1] != moments[2]);
    }

    double inverseMass() {
        return infinite ? 0 : 1 / mass;
    }

    /// target = inverse inertia times v, both in the world's frame and from `at` on.
    ///
    /// @param rotation of the body's frame
    void inverse(double[] rotation, double[] v, int at, double[] target) {
        if (infinite) {
            Arrays.fill(target, at, at + 3, 0);
            return;
        }
        System.arraycopy(v, at, momentum, 0, 3);
        turnBack(rotation, momentum, spin, 0);
        for (int i = 0; i < 3; i++) {
            spin[i] /= moments[i];
        }
        turn(rotation, spin, product);
        System.arraycopy(product, 0, target, at, 3);
    }

    /// What the gyroscopic moment makes of an angular velocity in a step of `h` seconds.
    ///
    /// In the body's frame the new velocity w solves I w = turn(-h w) (I w0), so that the angular momentum in the world
    /// comes out the same after the body has turned by h w, and the energy stays within what that momentum allows. The
    /// turn is Cayley's, without trigonometry; three rounds of fixed-point iteration.
    ///
    /// @param rotation of the body's frame
    /// @param angular velocity in the world's frame
    /// @param target receives the new one, if it is another
    /// @return whether it is another
    boolean gyrate(double[] rotation, double[] angular, double h, double[] target) {
        if (!gyroscopic) {
            return false;
        }
        turnBack(rotation, angular, spin, 0);
        for (int i = 0; i < 3; i++) {
            momentum[i] = moments[i] * spin[i];
        }
        cross(spin, momentum, product);
        if (product[0] == 0 && product[1] == 0 && product[2] == 0) {
            return false;
        }
        double lx = momentum[0];
        double ly = momentum[1];
        double lz = momentum[2];
        for (int i = 0; i < 3; i++) {
            double x = -h / 2 * spin[0];
            double y = -h / 2 * spin[1];
            double z = -h / 2 * spin[2];
            double scale = 2 / (1 + x * x + y * y + z * z);
            // u = c x l, then l + scale (u + c x u)
            double ux = y * lz - z * ly;
            double uy = z * lx - x * lz;
            double uz = x * ly - y * lx;
            spin[0] = (lx + scale * (ux + y * uz - z * uy)) / moments[0];
            spin[1] = (ly + scale * (uy + z * ux - x * uz)) / moments[1];
            spin[2] = (lz + scale * (uz + x * uy - y * ux)) / moments[2];
        }
        turn(rotation, spin, target);
        return true;
    }
}
