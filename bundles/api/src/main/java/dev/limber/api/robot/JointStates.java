package dev.limber.api.robot;

/// Measurements of all joints at one moment. The arrays belong to whoever made this and are written in place.
///
/// @param positions [joints] [rad or m]
/// @param velocities [joints] [rad/s or m/s]
/// @param efforts [joints] [N m or N]; NaN where it is not measured
/// @param nanoTime the moment, of [System#nanoTime], in a single element
public record JointStates(double[] positions, double[] velocities, double[] efforts, long[] nanoTime) {

    /// Room for a number of joints.
    public static JointStates ofJoints(int joints) {
        return new JointStates(new double[joints], new double[joints], new double[joints], new long[1]);
    }
}
