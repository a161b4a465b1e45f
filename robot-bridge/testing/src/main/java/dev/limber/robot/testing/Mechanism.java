package dev.limber.robot.testing;

/// What the servos of an emulated bus move: joints with a position and a velocity, moved by efforts in steps of equal
/// length. Belongs to one thread.
public interface Mechanism extends AutoCloseable {

    /// Number of joints.
    int joints();

    /// Time per step [s].
    double stepSeconds();

    /// Joint positions [rad or m].
    void positions(double[] target);

    /// Joint velocities [rad/s or m/s].
    void velocities(double[] target);

    /// Takes a step.
    ///
    /// @param efforts on the joints [N m or N]
    void step(double[] efforts);

    /// Goes back to where it stood at first, at rest.
    void reset();

    @Override
    void close();
}
