package dev.limber.physics.jbullet;

import static dev.limber.physics.jbullet.Rotations.cross;
import static dev.limber.physics.jbullet.Rotations.dot;
import static dev.limber.physics.jbullet.Rotations.multiply;
import static dev.limber.physics.jbullet.Rotations.multiplyTransposed;
import static dev.limber.physics.jbullet.Rotations.toQuaternion;
import static dev.limber.physics.jbullet.Rotations.turn;
import static dev.limber.physics.jbullet.Rotations.turnBack;

import com.bulletphysics.collision.dispatch.CollisionObject;
import com.bulletphysics.collision.shapes.CollisionShape;
import com.bulletphysics.dynamics.RigidBody;
import com.bulletphysics.dynamics.RigidBodyConstructionInfo;
import com.bulletphysics.linearmath.Transform;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.ModelSpec.Joint;
import dev.limber.api.physics.Vector3;
import java.util.Arrays;
import javax.vecmath.Vector3f;

/// A body of the model, its jBullet body, and the joint that leads to its parent.
///
/// jBullet moves centres of mass in single precision; this class reads them as frames and joint coordinates in double.
///
/// jBullet's positions are half a step ahead of its velocities: a step changes velocities by the forces of the positions
/// in the middle of the step, then carries positions on to the middle of the next. What is set is brought half a step
/// ahead, what is read half a step back. That turns jBullet's semi-implicit Euler method, which is of first order, into
/// the leapfrog method, which is of second order (Hairer, Lubich and Wanner, "Geometric numerical integration illustrated
/// by the Stormer-Verlet method", 2003, section 1.5) and applies a control exactly from the moment it was given.
final class Link {

    /// Numbers per body that hold its motion exactly: centre of mass, basis, linear and angular velocity.
    static final int MOTION = 18;

    private static final double[] ORIGIN = new double[3];
    private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    final int index;
    final Body body;
    /// Null where the parent is the world.
    final Link parent;
    final RigidBody rigid;
    /// True where nothing can move it.
    final boolean immovable;
    final BodyInertia inertia;
    final int group;
    final int mask;

    /// The joint's axis and two more that make a right-handed frame with it, in the body's frame.
    final double[] axis;
    final double[] side;
    final double[] other;

    // The body's frame in the world, and the velocity of its origin.
    final double[] origin = new double[3];
    final double[] rotation = new double[9];
    final double[] linear = new double[3];
    final double[] angular = new double[3];
    /// The centre of mass less the frame's origin, in the world's frame.
    final double[] arm = new double[3];
    /// Acceleration of the frame's origin in the last step [m/s^2].
    final double[] acceleration = new double[3];

    // The joint's frame on the parent's side, in the world.
    final double[] anchor = new double[3];
    final double[] reference = new double[9];
    final double[] worldAxis = new double[3];

    /// Position and velocity of a HINGE or SLIDE.
    double position;
    double velocity;

    /// Force and moment about the centre of mass that push until the end of the next call of step.
    final double[] push = new double[6];

    /// Half a step [s].
    private final double half;
    private final double[] center;
    private final double[] restPosition;
    private final double[] restRotation;
    private final Transform transform = new Transform();
    private final Vector3f vector = new Vector3f();
    private final double[] scratch = new double[3];
    private final double[] scratch2 = new double[3];
    private final double[] matrix = new double[9];
    private final double[] turned = new double[9];
    private final float[] motion = new float[MOTION];

    Link(int index, Body body, Link parent, CollisionShape shape, int group, int mask, double friction,
            double step) {
        half = step / 2;
        this.index = index;
        this.body = body;
        this.parent = parent;
        this.group = group;
        this.mask = mask;
        immovable = body.joint().type() == Joint.Type.FIXED && (parent == null || parent.immovable);
        center = Rotations.vector(body.inertia().center());
        inertia = new BodyInertia(body.inertia(), immovable);
        restPosition = Rotations.vector(body.position());
        restRotation = Rotations.matrix(body.orientation());
        axis = body.joint().hasAxis() ? Rotations.vector(body.joint().axis()) : new double[] {0, 0, 1};
        side = Rotations.perpendicular(axis);
        other = new double[3];
        cross(axis, side, other);
        rigid = rigid(shape, friction);
    }

    private RigidBody rigid(CollisionShape shape, double friction) {
        float mass = immovable ? 0 : (float) body.inertia().mass();
        Vector3 diagonal = body.inertia().diagonal();
        var moments = immovable
                ? new Vector3f()
                : new Vector3f((float) diagonal.x(), (float) diagonal.y(), (float) diagonal.z());
        var construction = new RigidBodyConstructionInfo(mass, null, shape, moments);
        construction.startWorldTransform.setIdentity();
        construction.linearDamping = 0;
        construction.angularDamping = 0;
        construction.friction = (float) friction;
        var result = new RigidBody(construction);
        result.setActivationState(CollisionObject.DISABLE_DEACTIVATION);
        result.setUserPointer(this);
        return result;
    }

    /// Places the joint's frame where the parent is now.
    private void placeReference() {
        if (parent == null) {
            System.arraycopy(restPosition, 0, anchor, 0, 3);
            System.arraycopy(restRotation, 0, reference, 0, 9);
        } else {
            turn(parent.rotation, restPosition, anchor);
            for (int i = 0; i < 3; i++) {
                anchor[i] += parent.origin[i];
            }
            multiply(parent.rotation, restRotation, reference);
        }
        turn(reference, axis, worldAxis);
    }

    /// The velocity that a point of the parent has where the origin of this body's frame is.
    private void parentVelocity(double[] target) {
        if (parent == null) {
            System.arraycopy(ORIGIN, 0, target, 0, 3);
            return;
        }
        for (int i = 0; i < 3; i++) {
            scratch2[i] = origin[i] - parent.origin[i];
        }
        cross(parent.angular, scratch2, target);
        for (int i = 0; i < 3; i++) {
            target[i] += parent.linear[i];
        }
    }

    private double[] parentAngular() {
        return parent == null ? ORIGIN : parent.angular;
    }

    /// Reads where jBullet has brought the body. Parents come first.
    void read() {
        rigid.getCenterOfMassTransform(transform);
        var basis = transform.basis;
        rotation[0] = basis.m00;
        rotation[1] = basis.m01;
        rotation[2] = basis.m02;
        rotation[3] = basis.m10;
        rotation[4] = basis.m11;
        rotation[5] = basis.m12;
        rotation[6] = basis.m20;
        rotation[7] = basis.m21;
        rotation[8] = basis.m22;
        turn(rotation, center, arm);
        origin[0] = transform.origin.x - arm[0];
        origin[1] = transform.origin.y - arm[1];
        origin[2] = transform.origin.z - arm[2];
        rigid.getAngularVelocity(vector);
        set(vector, angular);
        rigid.getLinearVelocity(vector);
        cross(angular, arm, scratch);
        linear[0] = vector.x - scratch[0];
        linear[1] = vector.y - scratch[1];
        linear[2] = vector.z - scratch[2];
        placeReference();
        readJoint();
    }

    private void readJoint() {
        if (body.joint().type() == Joint.Type.HINGE) {
            turn(rotation, side, scratch);
            turnBack(reference, scratch, scratch2, 0);
            double angle = Math.atan2(dot(scratch2, other), dot(scratch2, side));
            position += Math.IEEEremainder(angle - position, 2 * Math.PI);
            double[] base = parentAngular();
            velocity = worldAxis[0] * (angular[0] - base[0]) + worldAxis[1] * (angular[1] - base[1])
                    + worldAxis[2] * (angular[2] - base[2]);
        } else if (body.joint().type() == Joint.Type.SLIDE) {
            position = worldAxis[0] * (origin[0] - anchor[0]) + worldAxis[1] * (origin[1] - anchor[1])
                    + worldAxis[2] * (origin[2] - anchor[2]);
            parentVelocity(scratch);
            velocity = worldAxis[0] * (linear[0] - scratch[0]) + worldAxis[1] * (linear[1] - scratch[1])
                    + worldAxis[2] * (linear[2] - scratch[2]);
        }
    }

    /// Writes the joint's position from `at` on.
    void positions(double[] target, int at) {
        switch (body.joint().type()) {
            case HINGE, SLIDE -> target[at] = presentPosition();
            case FREE -> pose(target, at);
            case BALL -> {
                ballVelocity(scratch2, 0);
                carry(rotation, -half, scratch2, 0, turned);
                multiplyTransposed(reference, turned, matrix);
                toQuaternion(matrix, target, at);
            }
            case FIXED -> {
                // has no numbers
            }
        }
    }

    /// The position of a HINGE or SLIDE at the time of its velocity.
    double presentPosition() {
        return position - half * velocity;
    }

    /// Writes the pose of the body's frame, position and quaternion, from `at` on.
    void pose(double[] target, int at) {
        turnBack(rotation, angular, scratch, 0);
        carry(rotation, -half, scratch, 0, turned);
        toQuaternion(turned, target, at + 3);
        for (int i = 0; i < 3; i++) {
            target[at + i] = origin[i] - half * linear[i];
        }
    }

    /// Turns a rotation on for some time at an angular velocity in its own frame.
    private void carry(double[] from, double time, double[] rate, int at, double[] target) {
        double t = time / 2;
        Rotations.fromQuaternion(t * rate[at], t * rate[at + 1], t * rate[at + 2], 1, matrix);
        multiply(from, matrix, target);
    }

    private void ballVelocity(double[] target, int at) {
        double[] base = parentAngular();
        for (int i = 0; i < 3; i++) {
            scratch[i] = angular[i] - base[i];
        }
        turnBack(rotation, scratch, target, at);
    }

    /// Writes the joint's velocity from `at` on.
    void velocities(double[] target, int at) {
        switch (body.joint().type()) {
            case HINGE, SLIDE -> target[at] = velocity;
            case FREE -> {
                System.arraycopy(linear, 0, target, at, 3);
                turnBack(rotation, angular, target, at + 3);
            }
            case BALL -> ballVelocity(target, at);
            case FIXED -> {
                // has no numbers
            }
        }
    }

    /// Moves the body to joint coordinates, its parent having been moved already.
    void place(double[] q, int qAt, double[] qd, int qdAt) {
        placeReference();
        System.arraycopy(anchor, 0, origin, 0, 3);
        System.arraycopy(reference, 0, rotation, 0, 9);
        System.arraycopy(parentAngular(), 0, angular, 0, 3);
        switch (body.joint().type()) {
            case HINGE -> {
                position = q[qAt] + half * qd[qdAt];
                Rotations.about(axis, position, matrix);
                multiply(reference, matrix, rotation);
                for (int i = 0; i < 3; i++) {
                    angular[i] += worldAxis[i] * qd[qdAt];
                }
                parentVelocity(linear);
            }
            case SLIDE -> {
                for (int i = 0; i < 3; i++) {
                    origin[i] += worldAxis[i] * (q[qAt] + half * qd[qdAt]);
                }
                parentVelocity(linear);
                for (int i = 0; i < 3; i++) {
                    linear[i] += worldAxis[i] * qd[qdAt];
                }
            }
            case BALL -> {
                Rotations.fromQuaternion(q[qAt], q[qAt + 1], q[qAt + 2], q[qAt + 3], matrix);
                multiply(reference, matrix, turned);
                carry(turned, half, qd, qdAt, rotation);
                System.arraycopy(qd, qdAt, scratch, 0, 3);
                turn(rotation, scratch, scratch2);
                for (int i = 0; i < 3; i++) {
                    angular[i] += scratch2[i];
                }
                parentVelocity(linear);
            }
            case FREE -> {
                System.arraycopy(qd, qdAt, linear, 0, 3);
                for (int i = 0; i < 3; i++) {
                    origin[i] = q[qAt + i] + half * linear[i];
                }
                Rotations.fromQuaternion(q[qAt + 3], q[qAt + 4], q[qAt + 5], q[qAt + 6], turned);
                carry(turned, half, qd, qdAt + 3, rotation);
                System.arraycopy(qd, qdAt + 3, scratch, 0, 3);
                turn(rotation, scratch, angular);
            }
            case FIXED -> parentVelocity(linear);
        }
        turn(rotation, center, arm);
        cross(angular, arm, scratch);
        for (int i = 0; i < 3; i++) {
            motion[i] = (float) (origin[i] + arm[i]);
            motion[12 + i] = (float) (linear[i] + scratch[i]);
            motion[15 + i] = (float) angular[i];
        }
        for (int i = 0; i < 9; i++) {
            motion[3 + i] = (float) rotation[i];
        }
        move(motion, 0);
        Arrays.fill(acceleration, 0);
        Arrays.fill(push, 0);
        read();
    }

    /// The joint's position in the model's initial pose.
    void rest(double[] target, int at) {
        switch (body.joint().type()) {
            case FREE -> {
                System.arraycopy(restPosition, 0, target, at, 3);
                toQuaternion(restRotation, target, at + 3);
            }
            case BALL -> toQuaternion(IDENTITY, target, at);
            case HINGE, SLIDE, FIXED -> {
                // rests at 0
            }
        }
    }

    /// Writes the body's motion, to the bit, from `at` on.
    void motion(float[] target, int at) {
        rigid.getCenterOfMassTransform(transform);
        transform.origin.get(vector);
        put(vector, target, at);
        for (int row = 0; row < 3; row++) {
            transform.basis.getRow(row, vector);
            put(vector, target, at + 3 + 3 * row);
        }
        rigid.getLinearVelocity(vector);
        put(vector, target, at + 12);
        rigid.getAngularVelocity(vector);
        put(vector, target, at + 15);
    }

    /// Takes over a motion from `at` on.
    void move(float[] source, int at) {
        transform.origin.set(source[at], source[at + 1], source[at + 2]);
        for (int row = 0; row < 3; row++) {
            int from = at + 3 + 3 * row;
            transform.basis.setRow(row, source[from], source[from + 1], source[from + 2]);
        }
        if (!immovable) {
            vector.set(source[at + 12], source[at + 13], source[at + 14]);
            rigid.setLinearVelocity(vector);
            vector.set(source[at + 15], source[at + 16], source[at + 17]);
            rigid.setAngularVelocity(vector);
        }
        rigid.setCenterOfMassTransform(transform);
        rigid.clearForces();
    }

    /// Applies a joint effort [N m or N] to this body, and its opposite to the parent.
    void drive(double effort) {
        if (body.joint().type() == Joint.Type.HINGE) {
            for (int i = 0; i < 3; i++) {
                scratch[i] = effort * worldAxis[i];
            }
            twist(scratch, 1);
            if (parent != null) {
                parent.twist(scratch, -1);
            }
        } else {
            for (int i = 0; i < 3; i++) {
                scratch[i] = effort * worldAxis[i];
            }
            forceAt(scratch, 1, origin);
            if (parent != null) {
                parent.forceAt(scratch, -1, origin);
            }
        }
    }

    private void twist(double[] torque, double sign) {
        vector.set((float) (sign * torque[0]), (float) (sign * torque[1]), (float) (sign * torque[2]));
        rigid.applyTorque(vector);
    }

    private void forceAt(double[] force, double sign, double[] point) {
        vector.set((float) (sign * force[0]), (float) (sign * force[1]), (float) (sign * force[2]));
        rigid.applyCentralForce(vector);
        for (int i = 0; i < 3; i++) {
            scratch2[i] = point[i] - origin[i] - arm[i];
        }
        double x = scratch2[1] * force[2] - scratch2[2] * force[1];
        double y = scratch2[2] * force[0] - scratch2[0] * force[2];
        double z = scratch2[0] * force[1] - scratch2[1] * force[0];
        vector.set((float) (sign * x), (float) (sign * y), (float) (sign * z));
        rigid.applyTorque(vector);
    }

    /// Adds a force at a point of the world to what pushes the body.
    void addPush(double fx, double fy, double fz, double px, double py, double pz) {
        double x = px - origin[0] - arm[0];
        double y = py - origin[1] - arm[1];
        double z = pz - origin[2] - arm[2];
        push[0] += fx;
        push[1] += fy;
        push[2] += fz;
        push[3] += y * fz - z * fy;
        push[4] += z * fx - x * fz;
        push[5] += x * fy - y * fx;
    }

    void applyPush() {
        vector.set((float) push[0], (float) push[1], (float) push[2]);
        rigid.applyCentralForce(vector);
        vector.set((float) push[3], (float) push[4], (float) push[5]);
        rigid.applyTorque(vector);
    }

    /// Turns the angular velocity by the gyroscopic moment, which jBullet leaves out.
    void gyrate(double h) {
        if (inertia.gyrate(rotation, angular, h, scratch)) {
            vector.set((float) scratch[0], (float) scratch[1], (float) scratch[2]);
            rigid.setAngularVelocity(vector);
        }
    }

    private static void set(Vector3f v, double[] target) {
        target[0] = v.x;
        target[1] = v.y;
        target[2] = v.z;
    }

    private static void put(Vector3f v, float[] target, int at) {
        target[at] = v.x;
        target[at + 1] = v.y;
        target[at + 2] = v.z;
    }
}
