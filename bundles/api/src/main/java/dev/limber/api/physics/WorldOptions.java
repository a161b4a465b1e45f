package dev.limber.api.physics;

/// How a world is simulated.
///
/// @param stepSeconds time per physics step [s]
/// @param iterations iterations of the constraint solver per step, where there is one
/// @param gravity acceleration (x, y, z) [m/s^2]
public record WorldOptions(double stepSeconds, int iterations, Vector3 gravity) {

    /// Checks that time passes and that the solver runs.
    public WorldOptions {
        if (!(stepSeconds > 0 && stepSeconds < Double.POSITIVE_INFINITY) || iterations < 1) {
            throw new IllegalArgumentException("steps of " + stepSeconds + " s with " + iterations
                    + " iterations cannot be taken; both must be above 0");
        }
    }

    /// Standard gravity downwards, 10 iterations.
    public static WorldOptions step(double seconds) {
        return new WorldOptions(seconds, 10, new Vector3(0, 0, -9.81));
    }
}
