package dev.limber.testing.physics;

import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Actuator;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.ModelSpec.Geometry;
import dev.limber.api.physics.ModelSpec.Inertia;
import dev.limber.api.physics.ModelSpec.Joint;
import dev.limber.api.physics.ModelSpec.Sensor;
import dev.limber.api.physics.ModelSpec.Shape;
import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import java.util.List;
import java.util.Optional;

/// Small models whose motion is known, for tests of engines and of what is built on them.
public final class Mechanisms {

    /// The bit of everything that collides.
    private static final int SOLID = 1;

    private Mechanisms() {}

    /// A body without geometry that is joined to the world.
    public static Body body(String name, Vector3 position, Joint joint, Inertia inertia) {
        return new Body(name, Optional.empty(), position, Quaternion.IDENTITY, joint, inertia, List.of());
    }

    /// A body without geometry that is joined to another.
    public static Body body(String name, String parent, Vector3 position, Joint joint, Inertia inertia) {
        return new Body(name, Optional.of(parent), position, Quaternion.IDENTITY, joint, inertia, List.of());
    }

    /// A model of bodies alone.
    public static ModelSpec model(String name, Body... bodies) {
        return new ModelSpec(name, List.of(bodies), List.of(), List.of());
    }

    /// A uniform rod that hangs down from its frame's origin.
    ///
    /// @param length [m]
    public static Inertia hangingRod(double mass, double length) {
        double moment = mass * length * length / 12;
        return new Inertia(mass, new Vector3(0, 0, -length / 2), new Vector3(moment, moment, moment / 100));
    }

    /// The ground: a plane at height 0.
    public static Body ground(double friction) {
        return new Body("ground", Optional.empty(), Vector3.ZERO, Quaternion.IDENTITY, Joint.fixed("ground"),
                Inertia.sphere(1, 1),
                List.of(new Geometry(new Shape.Plane(), Vector3.ZERO, Quaternion.IDENTITY, SOLID, SOLID, friction)));
    }

    /// A free body of one shape that collides with all else.
    public static Body block(String name, Shape shape, Vector3 position, Inertia inertia, double friction) {
        return new Body(name, Optional.empty(), position, Quaternion.IDENTITY, Joint.free(name), inertia,
                List.of(new Geometry(shape, Vector3.ZERO, Quaternion.IDENTITY, SOLID, SOLID, friction)));
    }

    /// A slide along x with a motor of gear 2 and control within 3, thus 6 N.
    public static ModelSpec slider(Joint joint, double mass) {
        return new ModelSpec("slider", List.of(body("sled", Vector3.ZERO, joint, Inertia.sphere(mass, 0.1))),
                List.of(new Actuator("motor", joint.name(), 2, -3, 3)),
                List.of(new Sensor("place", Sensor.Kind.JOINT_POSITION, joint.name()),
                        new Sensor("speed", Sensor.Kind.JOINT_VELOCITY, joint.name()),
                        new Sensor("force", Sensor.Kind.JOINT_EFFORT, joint.name())));
    }

    /// A torso with two legs of two links each on the ground: what a walker is made of. Motors at hips and knees.
    public static ModelSpec walker() {
        var bodies = new java.util.ArrayList<Body>();
        var actuators = new java.util.ArrayList<Actuator>();
        var sensors = new java.util.ArrayList<Sensor>();
        bodies.add(ground(1));
        bodies.add(block("torso", new Shape.Box(new Vector3(0.2, 0.1, 0.05)), new Vector3(0, 0, 0.75),
                Inertia.box(4, new Vector3(0.2, 0.1, 0.05)), 1));
        sensors.add(new Sensor("acceleration", Sensor.Kind.ACCELEROMETER, "torso"));
        sensors.add(new Sensor("turning", Sensor.Kind.GYROSCOPE, "torso"));
        for (String side : List.of("left", "right")) {
            double y = side.equals("left") ? 0.1 : -0.1;
            bodies.add(leg(side + " thigh", "torso", new Vector3(0, y, -0.05), -1, 1, 1.5));
            bodies.add(leg(side + " shin", side + " thigh", new Vector3(0, 0, -0.3), 0, 2, 0.8));
            for (String part : List.of(" thigh", " shin")) {
                actuators.add(new Actuator(side + part, side + part, 15, -1, 1));
                sensors.add(new Sensor(side + part, Sensor.Kind.JOINT_POSITION, side + part));
            }
        }
        return new ModelSpec("walker", bodies, actuators, sensors);
    }

    private static Body leg(String name, String parent, Vector3 position, double low, double high, double mass) {
        double moment = mass * 0.3 * 0.3 / 12;
        return new Body(name, Optional.of(parent), position, Quaternion.IDENTITY,
                Joint.hinge(name, Vector3.Y).withLimits(low, high).withDamping(0.5),
                new Inertia(mass, new Vector3(0, 0, -0.15), new Vector3(moment, moment, moment / 20)),
                List.of(new Geometry(new Shape.Capsule(0.04, 0.26), new Vector3(0, 0, -0.17), Quaternion.IDENTITY,
                        SOLID, SOLID, 1)));
    }
}
