package dev.limber.api.physics;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A robot or mechanism: a forest of bodies, each joined to its parent, with actuators and sensors. Immutable.
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
        }
        for (Actuator actuator : actuators) {
            if (!jointNames.contains(actuator.joint())) {
                throw new IllegalArgumentException("actuator '" + actuator.name() + "' of model '" + name
                        + "' moves joint '" + actuator.joint() + "', which there is not");
            }
        }
    }

    /// A rigid body and the joint that connects it to its parent.
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
    /// @param damping effort per velocity [N m s/rad or N s/m]
    /// @param armature rotor inertia added to the joint [kg m^2 or kg]
    public record Joint(String name, Type type, Vector3 axis, double low, double high, double damping,
            double armature) {

        /// Kinds of freedom, with the numbers each has in position and velocity.
        public enum Type {
            /// Six degrees: position (x, y, z) and quaternion (x, y, z, w).
            FREE(7, 6),
            /// Rotation about one axis.
            HINGE(1, 1),
            /// Displacement along one axis.
            SLIDE(1, 1),
            /// Rotation about all axes: a quaternion.
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
    public record Inertia(double mass, Vector3 center, Vector3 diagonal) {}

    /// A shape fixed to a body.
    ///
    /// @param shape what it is
    /// @param position of the shape in the body's frame [m]
    /// @param orientation of the shape in the body's frame
    /// @param group bits of what it is
    /// @param mask bits of what it collides with; 0 for nothing
    /// @param friction coefficient of sliding friction
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
            /// Specific force in the body's frame [m/s^2].
            ACCELEROMETER(3),
            /// Angular velocity in the body's frame [rad/s].
            GYROSCOPE(3);

            private final int size;

            Kind(int size) {
                this.size = size;
            }

            /// Numbers per reading.
            public int size() {
                return size;
            }
        }
    }
}
