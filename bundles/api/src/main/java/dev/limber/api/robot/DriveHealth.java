package dev.limber.api.robot;

/// How the drives of all joints are. The arrays belong to whoever made this and are written in place.
///
/// @param temperatures [joints] [°C]; NaN where it is not measured
/// @param voltages [joints] [V]; NaN where it is not measured
/// @param errors [joints] what a drive complains of, in words ("overload"); empty where all is well
public record DriveHealth(double[] temperatures, double[] voltages, String[] errors) {

    /// Room for a number of joints, of which nothing is known.
    public static DriveHealth ofJoints(int joints) {
        var health = new DriveHealth(new double[joints], new double[joints], new String[joints]);
        java.util.Arrays.fill(health.temperatures, Double.NaN);
        java.util.Arrays.fill(health.voltages, Double.NaN);
        java.util.Arrays.fill(health.errors, "");
        return health;
    }
}
