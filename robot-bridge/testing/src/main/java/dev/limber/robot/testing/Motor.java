package dev.limber.robot.testing;

/// A geared direct-current motor: torque falls linearly from stalling to turning freely.
///
/// @param stallTorque [N m]
/// @param noLoadSpeed [rad/s]
/// @param friction torque that it takes to turn it without current [N m]
record Motor(double stallTorque, double noLoadSpeed, double friction) {

    /// How slowly friction turns over with the direction [rad/s]: a sign would make it tremble at rest.
    private static final double SMOOTH = 0.05;

    /// The torque that can be had of one that is wanted [N m].
    double limited(double wanted, double velocity) {
        double most = stallTorque * (1 - velocity / noLoadSpeed);
        double least = -stallTorque * (1 + velocity / noLoadSpeed);
        return Math.clamp(wanted, Math.min(least, 0), Math.max(most, 0));
    }

    /// The torque at a part of full voltage, -1 to 1: with 0 the motor is shorted and brakes [N m].
    double atVoltage(double part, double velocity) {
        return stallTorque * (part - velocity / noLoadSpeed);
    }

    /// What friction takes [N m].
    double friction(double velocity) {
        return -friction * Math.tanh(velocity / SMOOTH);
    }
}
