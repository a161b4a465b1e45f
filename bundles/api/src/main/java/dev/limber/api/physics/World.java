package dev.limber.api.physics;

import dev.limber.api.state.Stateful;

/// A model being simulated. Belongs to the thread that created it.
///
/// Getters write into the caller's arrays. Joint coordinates stand in the order of the model's bodies, each joint with
/// the numbers its type has.
public interface World extends Stateful, AutoCloseable {

    /// The model.
    ModelSpec model();

    /// How it is simulated.
    WorldOptions options();

    /// Sets what the actuators do from the next step on.
    ///
    /// @param control one number per actuator; clipped to its limits
    void setControl(double[] control);

    /// Takes physics steps.
    ///
    /// @throws InvalidStateException where a number is no longer finite
    void step(int steps);

    /// Goes back to the model's initial pose at rest, with empty solver caches.
    void reset();

    /// Numbers in [#positions].
    int positionCount();

    /// Numbers in [#velocities].
    int velocityCount();

    /// Joint positions [rad or m].
    void positions(double[] target);

    /// Joint velocities [rad/s or m/s].
    void velocities(double[] target);

    /// Moves all joints, and empties the solver's caches.
    ///
    /// @param positions joint positions [rad or m]
    /// @param velocities joint velocities [rad/s or m/s]
    void setJoints(double[] positions, double[] velocities);

    /// Sensor readings, one after another.
    void sensors(double[] target);

    /// Poses of the bodies' frames in the world: position (x, y, z) and quaternion (x, y, z, w), [bodies, 7].
    void poses(double[] target);

    /// Velocities of the bodies' frames in the world: linear and angular, [bodies, 6] [m/s, rad/s].
    void bodyVelocities(double[] target);

    /// Points of contact: bodies' indices (-1 for the world), position, normal (to the first body) and normal force,
    /// [contacts, 9] [m, N].
    ///
    /// @param target receives as many contacts as it has room for
    /// @return how many contacts there are
    int contacts(double[] target);

    /// Pushes a body until the next step.
    ///
    /// @param body index in the model
    /// @param force in the world's frame [N]
    /// @param point where, in the world's frame [m]
    void applyForce(int body, Vector3 force, Vector3 point);

    /// Frees what it holds. Further calls do nothing.
    @Override
    void close();
}
