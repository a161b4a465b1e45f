package dev.limber.api.physics;

import dev.limber.api.state.Stateful;

/// A model being simulated. Belongs to the thread that created it: another thread may only [#close] it, once nobody uses
/// it any more.
///
/// Getters write into the caller's arrays and do not allocate. Joint coordinates stand in the order of the model's
/// bodies, each joint with the numbers its type has. A hinge's angle counts full turns.
///
/// Every method but [#close] throws `IllegalStateException` after [#close] and on a foreign thread, and
/// `IllegalArgumentException` for arrays that are too short and numbers that are not finite; nothing has changed then.
public interface World extends Stateful, AutoCloseable {

    /// The model.
    ModelSpec model();

    /// How it is simulated.
    WorldOptions options();

    /// Sets what the actuators do from the next step on.
    ///
    /// @param control one number per actuator; clipped to its limits
    /// @throws IllegalArgumentException for a wrong length or NaN; nothing has changed then
    void setControl(double[] control);

    /// Takes physics steps.
    ///
    /// @throws InvalidStateException where a number is no longer finite
    void step(int steps);

    /// Goes back to the model's initial pose at rest, with control 0 and empty solver caches, as if newly created.
    void reset();

    /// Numbers in [#positions].
    int positionCount();

    /// Numbers in [#velocities].
    int velocityCount();

    /// Joint positions [rad or m].
    void positions(double[] target);

    /// Joint velocities [rad/s or m/s].
    void velocities(double[] target);

    /// Moves all joints, and empties the solver's caches. Control stays as it is.
    ///
    /// @param positions joint positions [rad or m]
    /// @param velocities joint velocities [rad/s or m/s]
    void setJoints(double[] positions, double[] velocities);

    /// Sensor readings, one after another, of the moment after the last step.
    void sensors(double[] target);

    /// Poses of the bodies' frames in the world: position (x, y, z) and quaternion (x, y, z, w), [bodies, 7].
    void poses(double[] target);

    /// Velocities of the origins of the bodies' frames, linear and angular, in the world's frame: [bodies, 6]
    /// [m/s, rad/s].
    void bodyVelocities(double[] target);

    /// Points where bodies touched in the last step: the two bodies' indices, position, normal (towards the first body)
    /// and normal force, [contacts, 9] [m, N].
    ///
    /// @param target receives as many contacts as it has room for
    /// @return how many contacts there are
    int contacts(double[] target);

    /// Pushes a body during all steps of the next call of [#step]. Pushes of several calls add up; the moment about the
    /// centre of mass is that of now.
    ///
    /// @param body index in the model
    /// @param force in the world's frame [N]
    /// @param point where, in the world's frame [m]
    void applyForce(int body, Vector3 force, Vector3 point);

    /// Frees what it holds. Further calls do nothing.
    @Override
    void close();
}
