package dev.limber.api.physics;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A robot or mechanism: a forest of bodies, each joined to its parent, with actuators and sensors. Immutable.
///
/// A body that is FIXED to the world does not move: floors and walls are such bodies, and their inertia is ignored.
///
/// @param name what it is called
/// @param bodies parents before children
/// @param actuators in the order of [World#setControl]
/// @param sensors in the order of [World#sensors]
public record ModelSpec(String name, List<Body> bodies, List<Actuator> actuators, List<Sensor> sensors) {

    /// Checks that names are unique and that every reference has its target.
    public ModelSpec {
        bodies = List.copyOf(bodies);
        actuators = List.copyOf(actuators);
        sensors = List.copyOf(sensors);
        Set<String> bodyNames = new HashSet<>();
        Set<String> jointNames = new HashSet<>();
        for (Body body : bodies) {
            if (body.parent().isPresent() && !bodyNames.contains(body.parent().get())) {
                throw new IllegalArgumentException("body '" + body.name() + "' of model '" + name + "' has parent '"
                        + body.parent().get() + "', which does not come before it");
            }
            if (!bodyNames.add(body.name()) || !jointNames.add(body.joint().name())) {
                throw new IllegalArgumentException(
                        "model '" + name + "' has two bodies or joints named as those of '" + body.name() + "'");
            }
            if (body.joint().type() == Joint.Type.FREE && body.parent().isPresent()) {
                throw new IllegalArgumentException("body '" + body.name() + "' of model '" + name
                        + "' has a FREE joint and parent '" + body.parent().get() + "'; only the world can be its parent");
            }
        }
        for (Actuator actuator : actuators) {
            Joint joint = bodies.stream().map(Body::joint).filter(j -> j.name().equals(actuator.joint())).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("actuator '" + actuator.name() + "' of model '"
                            + name + "' moves joint '" + actuator.joint() + "', which there is not"));
            if (!joint.hasAxis()) {
                throw new IllegalArgumentException("actuator '" + actuator.name() + "' of model '" + name
                        + "' moves joint '" + joint.name() + "', which is " + joint.type() + "; it must be HINGE or SLIDE");
            }
        }
        for (Sensor sensor : sensors) {
            boolean ofJoint = sensor.kind().ofJoint();
            boolean found = ofJoint
                    ? bodies.stream().map(Body::joint).anyMatch(j -> j.hasAxis() && j.name().equals(sensor.target()))
                    : bodyNames.contains(sensor.target());
            if (!found) {
                throw new IllegalArgumentException("sensor '" + sensor.name() + "' of model '" + name + "' measures '"
                        + sensor.target() + "', which is no " + (ofJoint ? "HINGE or SLIDE joint" : "body"));
            }
        }
    }

    /// The index of a body, in the order of [#bodies].
    ///
    /// @throws IllegalArgumentException where there is no such body
    public int bodyIndex(String body) {
        for (int i = 0; i < bodies.size(); i++) {
            if (bodies.get(i).name().equals(body)) {
                return i;
            }
        }
        throw new IllegalArgumentException("model '" + name + "' has no body '" + body + "', it has "
                + bodies.stream().map(Body::name).toList());
    }

    /// A rigid body and the joint that connects it to its parent, which acts at the origin of the body's frame.
    ///
    /// @param name unique in the model
    /// @param parent name of the parent body; empty for the world
    /// @param position of the body's frame in the parent's, at joint position 0 [m]
    /// @param orientation of the body's frame in the parent's, at joint position 0
    /// @param joint what it may do relative to its parent
    /// @param inertia mass and how it is spread
    /// @param geometry what it looks like and collides with
    public record Body(String name, Optional<String> parent, Vector3 position, Quaternion orientation, Joint joint,
            Inertia inertia, List<Geometry> geometry) {

        /// Copies the list.
        public Body {
            geometry = List.copyOf(geometry);
        }
    }

    /// What a body may do relative to its parent.
    ///
    /// @param name unique in the model
    /// @param type the kind of freedom
    /// @param axis of rotation or displacement, in the body's frame, length 1; ignored for FREE, BALL and FIXED
    /// @param low lowest position [rad or m]; -Infinity for none
    /// @param high highest position [rad or m]; +Infinity for none
    /// @param damping effort per velocity, of HINGE and SLIDE [N m s/rad or N s/m]
    /// @param armature rotor inertia added to the joint, of HINGE and SLIDE [kg m^2 or kg]
    public record Joint(String name, Type type, Vector3 axis, double low, double high, double damping,
            double armature) {

        /// Checks axis, limits, damping and armature.
        public Joint {
            boolean hasAxis = type == Type.HINGE || type == Type.SLIDE;
            if (hasAxis && Math.abs(axis.length() - 1) > 1e-9) {
                throw new IllegalArgumentException(
                        "axis of joint '" + name + "' has length " + axis.length() + ", it must be 1");
            }
            if (!(low <= high)) {
                throw new IllegalArgumentException(
                        "joint '" + name + "' has limits " + low + " to " + high + ", low must not be above high");
            }
            if (!hasAxis && (low > Double.NEGATIVE_INFINITY || high < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("joint '" + name + "' is " + type + " and has limits; only HINGE and SLIDE can");
            }
            if (!(damping >= 0 && damping < Double.POSITIVE_INFINITY && armature >= 0
                    && armature < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("joint '" + name + "' has damping " + damping + " and armature "
                        + armature + ", both must be at least 0");
            }
            if (!hasAxis && (damping > 0 || armature > 0)) {
                throw new IllegalArgumentException(
                        "joint '" + name + "' is " + type + " and has damping or armature; only HINGE and SLIDE can");
            }
        }

        /// True where it has one degree of freedom along or about an axis.
        public boolean hasAxis() {
            return type == Type.HINGE || type == Type.SLIDE;
        }

        /// Kinds of freedom, with the numbers each has in position and velocity.
        public enum Type {
            /// Six degrees. Position: (x, y, z) and quaternion (x, y, z, w) of the body's frame in the world. Velocity:
            /// linear of the frame's origin in the world's frame, then angular in the body's frame.
            FREE(7, 6),
            /// Rotation about one axis.
            HINGE(1, 1),
            /// Displacement along one axis.
            SLIDE(1, 1),
            /// Rotation about all axes. Position: the quaternion (x, y, z, w) that turns the body out of its orientation
            /// at rest. Velocity: angular relative to the parent, in the body's frame.
            BALL(4, 3),
            /// None.
            FIXED(0, 0);

            private final int positions;
            private final int velocities;

            Type(int positions, int velocities) {
                this.positions = positions;
                this.velocities = velocities;
            }

            /// Numbers in [World#positions].
            public int positions() {
                return positions;
            }

            /// Numbers in [World#velocities].
            public int velocities() {
                return velocities;
            }
        }

        /// A hinge without limits, damping and armature.
        public static Joint hinge(String name, Vector3 axis) {
            return new Joint(name, Type.HINGE, axis, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0);
        }

        /// A slide without limits, damping and armature.
        public static Joint slide(String name, Vector3 axis) {
            return new Joint(name, Type.SLIDE, axis, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0);
        }

        /// A ball joint.
        public static Joint ball(String name) {
            return new Joint(name, Type.BALL, Vector3.ZERO, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0);
        }

        /// No freedom.
        public static Joint fixed(String name) {
            return new Joint(name, Type.FIXED, Vector3.ZERO, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0);
        }

        /// A copy with other limits [rad or m].
        public Joint withLimits(double lowest, double highest) {
            return new Joint(name, type, axis, lowest, highest, damping, armature);
        }

        /// A copy with other damping [N m s/rad or N s/m].
        public Joint withDamping(double effortPerVelocity) {
            return new Joint(name, type, axis, low, high, effortPerVelocity, armature);
        }

        /// Free to move.
        public static Joint free(String name) {
            return new Joint(name, Type.FREE, Vector3.ZERO, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0);
        }
    }

    /// Mass and how it is spread.
    ///
    /// @param mass [kg], above 0
    /// @param center of mass in the body's frame [m]
    /// @param diagonal moments about the centre of mass along the body's axes [kg m^2], each above 0
    public record Inertia(double mass, Vector3 center, Vector3 diagonal) {

        /// Checks that all are above 0.
        public Inertia {
            if (!(mass > 0 && diagonal.x() > 0 && diagonal.y() > 0 && diagonal.z() > 0)) {
                throw new IllegalArgumentException(
                        "mass " + mass + " and moments " + diagonal + " must all be above 0");
            }
        }

        /// A solid box of half extents `half` [m], about its middle.
        public static Inertia box(double mass, Vector3 half) {
            double x = half.x() * half.x();
            double y = half.y() * half.y();
            double z = half.z() * half.z();
            return new Inertia(mass, Vector3.ZERO,
                    new Vector3(mass * (y + z) / 3, mass * (x + z) / 3, mass * (x + y) / 3));
        }

        /// A solid sphere about its middle.
        public static Inertia sphere(double mass, double radius) {
            double moment = 0.4 * mass * radius * radius;
            return new Inertia(mass, Vector3.ZERO, new Vector3(moment, moment, moment));
        }
    }

    /// A shape fixed to a body. Two shapes can touch where the group of each has a bit of the other's mask, unless they
    /// belong to one body, or to a body and its parent (the world's shapes touch everything their masks let them).
    ///
    /// @param shape what it is
    /// @param position of the shape in the body's frame [m]
    /// @param orientation of the shape in the body's frame
    /// @param group bits of what it is
    /// @param mask bits of what it collides with; 0 for nothing
    /// @param friction coefficient of sliding friction, at least 0; how two coefficients combine is the engine's
    public record Geometry(Shape shape, Vector3 position, Quaternion orientation, int group, int mask,
            double friction) {

        /// A shape that is seen but collides with nothing.
        public static Geometry visual(Shape shape, Vector3 position) {
            return new Geometry(shape, position, Quaternion.IDENTITY, 0, 0, 0);
        }
    }

    /// Kinds of shape, centred on their own frame.
    public sealed interface Shape {
        /// A box of half extents `half` [m].
        record Box(Vector3 half) implements Shape {}

        /// A sphere [m].
        record Sphere(double radius) implements Shape {}

        /// A cylinder between two half spheres, along z: `length` between the spheres' centres [m].
        record Capsule(double radius, double length) implements Shape {}

        /// A cylinder along z [m].
        record Cylinder(double radius, double length) implements Shape {}

        /// The half space below z = 0.
        record Plane() implements Shape {}
    }

    /// A motor on a joint: effort = gear x control, with the control clipped to its limits.
    ///
    /// @param name unique in the model
    /// @param joint name of a HINGE or SLIDE joint
    /// @param gear effort per control [N m or N]
    /// @param low lowest control
    /// @param high highest control
    public record Actuator(String name, String joint, double gear, double low, double high) {}

    /// A quantity measured on a body or joint.
    ///
    /// @param name unique in the model
    /// @param kind what is measured
    /// @param target name of the joint or body
    public record Sensor(String name, Kind kind, String target) {

        /// What is measured, with the numbers it has.
        public enum Kind {
            /// Joint position [rad or m].
            JOINT_POSITION(1),
            /// Joint velocity [rad/s or m/s].
            JOINT_VELOCITY(1),
            /// Effort the actuators applied to a joint [N m or N].
            JOINT_EFFORT(1),
            /// Specific force at the origin of the body's frame, in the body's frame: at rest it is 9.81 upwards
            /// [m/s^2].
            ACCELEROMETER(3),
            /// Angular velocity in the body's frame [rad/s].
            GYROSCOPE(3);

            private final int size;

            Kind(int size) {
                this.size = size;
            }

            /// True where the target is a HINGE or SLIDE joint, false where it is a body.
            public boolean ofJoint() {
                return size == 1;
            }

            /// Numbers per reading.
            public int size() {
                return size;
            }
        }
    }
}
