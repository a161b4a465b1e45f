package dev.limber.robot.simulated;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec.Joint;
import java.util.List;

/// What moves. Belongs to one thread.
interface Plant extends AutoCloseable {

    /// The joints, in the order of all arrays.
    List<Joint> joints();

    /// Time per step [s].
    double stepSeconds();

    /// Takes a step.
    ///
    /// @param drives what each joint's drive does
    /// @param goals in the unit of what the drive does
    void step(Drive[] drives, double[] goals);

    /// Joint positions, velocities and efforts of the drives after the last step.
    void measure(double[] positions, double[] velocities, double[] efforts);

    /// Goes back to the beginning, at rest.
    void reset();

    @Override
    void close();

    /// What a drive does.
    enum Drive {
        /// Nothing: no torque.
        OFF,
        /// Follows a position.
        POSITION,
        /// Follows a velocity.
        VELOCITY,
        /// Gives an effort.
        EFFORT,
        /// Resists motion.
        DAMPING;

        static Drive of(CommandMode mode) {
            return switch (mode) {
                case POSITION -> POSITION;
                case VELOCITY -> VELOCITY;
                case EFFORT -> EFFORT;
            };
        }
    }
}
