package dev.limber.robot.testing;

import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Actuator;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.ModelSpec.Geometry;
import dev.limber.api.physics.ModelSpec.Inertia;
import dev.limber.api.physics.ModelSpec.Joint;
import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.physics.WorldOptions;
import dev.limber.robot.testing.Rig.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A robot on four legs with twelve XM430-W210: a trunk like a box, and on each corner a hip that swings the leg sideways, a thigh and a calf that
/// swing forwards and back, and a foot like a ball.
final class Quadruped {

    /// Height of the trunk's middle where it stands as at first [m].
    static final double STANDING = standing();

    private static final double STEP = 0.001;
    private static final int ITERATIONS = 30;
    private static final int SERVO = 1030;
    private static final double SERVO_FRICTION = 0.05;
    private static final double LINK = 0.12;
    private static final double FOOT = 0.018;
    private static final double THIGH_ANGLE = 0.6;
    private static final double CALF_ANGLE = -2 * THIGH_ANGLE;
    private static final Vector3 TRUNK_HALF = new Vector3(0.13, 0.06, 0.03);
    private static final double TRUNK_MASS = 1.4;
    private static final double HIP_MASS = 0.1;
    private static final double THIGH_MASS = 0.2;
    private static final double CALF_MASS = 0.06;
    private static final double OUTWARDS = 0.03;
    private static final double NO_LIMIT = 1000;

    // Groups of shapes: the robot touches the floor, and never itself.
    private static final int FLOOR = 1;
    private static final int ROBOT = 2;

    private Quadruped() {}

    private static double standing() {
        return 2 * LINK * Math.cos(THIGH_ANGLE) + FOOT;
    }

    static Rig rig() {
        var bodies = new ArrayList<Body>();
        var mounts = new ArrayList<Mount>();
        bodies.add(new Body("floor", Optional.empty(), Vector3.ZERO, Quaternion.IDENTITY, Joint.fixed("ground"),
                Inertia.sphere(1, 1), List.of(new Geometry(new ModelSpec.Shape.Plane(), Vector3.ZERO,
                        Quaternion.IDENTITY, FLOOR, ROBOT, 1))));
        bodies.add(new Body("trunk", Optional.empty(), new Vector3(0, 0, STANDING), Quaternion.IDENTITY,
                Joint.free("float"), Inertia.box(TRUNK_MASS, TRUNK_HALF),
                List.of(touching(new ModelSpec.Shape.Box(TRUNK_HALF), Vector3.ZERO))));
        for (int leg = 0; leg < 4; leg++) {
            leg(leg < 2 ? "F" : "R", leg < 2 ? 1 : -1, leg % 2 == 0 ? "L" : "R", leg % 2 == 0 ? 1 : -1, bodies, mounts);
        }
        List<Actuator> actuators = mounts.stream()
                .map(mount -> new Actuator(mount.joint(), mount.joint(), 1, -NO_LIMIT, NO_LIMIT)).toList();
        return new Rig("quadruped", "a robot on four legs: hips (servos 1, 4, 7, 10), thighs (2, 5, 8, 11) and calves "
                + "(3, 6, 9, 12)", new ModelSpec("quadruped", bodies, actuators, List.of()),
                new WorldOptions(STEP, ITERATIONS, new Vector3(0, 0, -9.81)), mounts, true);
    }

    /// @param x 1 in front, -1 behind
    /// @param y 1 on the left, -1 on the right
    private static void leg(String end, int x, String side, int y, List<Body> bodies, List<Mount> mounts) {
        String leg = end + side;
        var shoulder = new Vector3(x * TRUNK_HALF.x(), y * TRUNK_HALF.y(), 0);
        var out = new Vector3(0, y * OUTWARDS, 0);
        var knee = new Vector3(0, 0, -LINK);
        var middle = new Vector3(0, 0, -LINK / 2);
        var bone = new ModelSpec.Shape.Capsule(0.012, LINK);
        bodies.add(new Body(leg + " hip", Optional.of("trunk"), shoulder, Quaternion.IDENTITY,
                Joint.hinge(leg + "-hip", Vector3.X), Rig.link(HIP_MASS, LINK / 2, out), List.of()));
        bodies.add(new Body(leg + " thigh", Optional.of(leg + " hip"), out, Quaternion.IDENTITY,
                Joint.hinge(leg + "-thigh", Vector3.Y), Rig.link(THIGH_MASS, LINK, middle),
                List.of(touching(bone, middle))));
        bodies.add(new Body(leg + " calf", Optional.of(leg + " thigh"), knee, Quaternion.IDENTITY,
                Joint.hinge(leg + "-calf", Vector3.Y), Rig.link(CALF_MASS, LINK, middle),
                List.of(touching(new ModelSpec.Shape.Sphere(FOOT), knee))));
        mount(leg + "-hip", 0, mounts);
        mount(leg + "-thigh", THIGH_ANGLE, mounts);
        mount(leg + "-calf", CALF_ANGLE, mounts);
    }

    private static Geometry touching(ModelSpec.Shape shape, Vector3 position) {
        return new Geometry(shape, position, Quaternion.IDENTITY, ROBOT, FLOOR, 1);
    }

    private static void mount(String joint, double start, List<Mount> mounts) {
        mounts.add(new Mount(joint, mounts.size() + 1, SERVO, 1, SERVO_FRICTION, start, true));
    }
}
