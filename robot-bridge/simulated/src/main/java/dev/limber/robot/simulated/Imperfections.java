package dev.limber.robot.simulated;

/// What makes a simulated robot like a real one.
///
/// @param latency how old a measurement is, and how late a command takes effect [s]
/// @param resolution steps of measured positions [rad or m]; 0 for none
/// @param positionNoise standard deviation of measured positions [rad or m]
/// @param velocityNoise standard deviation of measured velocities [rad/s or m/s]
/// @param loss probability that a reading fails, and that a command is lost
/// @param seed of all chance
record Imperfections(double latency, double resolution, double positionNoise, double velocityNoise, double loss,
        long seed) {

    static final Imperfections NONE = new Imperfections(0, 0, 0, 0, 0, 1);
}
