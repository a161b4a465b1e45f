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
import dev.limber.api.plugin.UsageException;
import java.util.List;
import java.util.Optional;

/// A mechanism and the servos mounted on it.
///
/// @param name what users call it
/// @param description in a sentence
/// @param model its HINGE and SLIDE joints have one actuator of gear 1 each, in their order; it may also stand on a FREE body and on FIXED ones
/// @param options how it is simulated
/// @param mounts one servo for each joint, in their order
/// @param helpingHand whether somebody puts it back to its start while no servo has torque, and holds it there until a
///        servo is told to move: a pole does not wait until it is balanced
public record Rig(String name, String description, ModelSpec model, WorldOptions options, List<Mount> mounts,
        boolean helpingHand) {

    private static final double STEP = 0.001;
    /// What the motor's own inertia adds to a link through the gear [kg m^2]: engines need not know armatures.
    private static final double ROTOR = 0.01;
    private static final double NO_LIMIT = 1000;

    /// Copies the list.
    public Rig {
        mounts = List.copyOf(mounts);
    }

    /// A servo on a joint.
    ///
    /// @param joint its name
    /// @param id of the servo
    /// @param model number of the servo's model, for Dynamixel
    /// @param metersPerRadian of the pinion on a rack where the joint slides; 1 where it turns
    /// @param friction torque that it takes to turn the servo without current [N m]
    /// @param start where the joint stands at first [rad or m]
    /// @param driven false where the servo only measures
    public record Mount(String joint, int id, int model, double metersPerRadian, double friction, double start,
            boolean driven) {}

    /// Gymnasium's cart-pole: a cart of 1 kg that an XM430-W210 drives through a rack (0.1 m per radian), and a pole of
    /// 0.1 kg and 1 m whose hinge an XL330-M077 without torque and friction measures. The joints are named as those of the
    /// environment `CartPole-jbullet`, so that its policies fit.
    public static Rig cartPole() {
        var half = new Vector3(0.2, 0.15, 0.1);
        var cart = new Body("cart", Optional.empty(), Vector3.ZERO, Quaternion.IDENTITY,
                Joint.slide("rail", Vector3.X).withLimits(-2.6, 2.6), Inertia.box(1, half),
                List.of(Geometry.visual(new ModelSpec.Shape.Box(half), Vector3.ZERO)));
        double moment = 0.1 / 12;
        var middle = new Vector3(0, 0, 0.5);
        var pole = new Body("pole", Optional.of("cart"), Vector3.ZERO, Quaternion.IDENTITY,
                Joint.hinge("pivot", Vector3.Y), new Inertia(0.1, middle, new Vector3(moment, moment, moment)),
                List.of(Geometry.visual(new ModelSpec.Shape.Capsule(0.035, 1), middle)));
        return new Rig("cart-pole", "a cart on a rack (servo 1) with a pole that servo 2 measures",
                model("cart-pole", cart, pole), new WorldOptions(STEP, 10, new Vector3(0, 0, -9.8)),
                List.of(new Mount("rail", 1, 1030, 0.1, 0.02, 0, true), new Mount("pivot", 2, 1190, 1, 0, 0.02, false)),
                true);
    }

    /// An arm of two links of 0.2 m that hangs down, with an XM430-W350 in the shoulder and one in the elbow.
    public static Rig arm() {
        var middle = new Vector3(0, 0, -0.1);
        var thick = new Vector3(0.02, 0.02, 0.1);
        var upper = new Body("upper arm", Optional.empty(), new Vector3(0, 0, 0.6), Quaternion.IDENTITY,
                Joint.hinge("shoulder", Vector3.Y), link(0.2, middle),
                List.of(Geometry.visual(new ModelSpec.Shape.Box(thick), middle)));
        var lower = new Body("forearm", Optional.of("upper arm"), new Vector3(0, 0, -0.2), Quaternion.IDENTITY,
                Joint.hinge("elbow", Vector3.Y), link(0.15, middle),
                List.of(Geometry.visual(new ModelSpec.Shape.Box(thick), middle)));
        return new Rig("arm", "an arm with shoulder (servo 1) and elbow (servo 2)", model("arm", upper, lower),
                new WorldOptions(STEP, 20, new Vector3(0, 0, -9.81)),
                List.of(new Mount("shoulder", 1, 1020, 1, 0.1, 0, true), new Mount("elbow", 2, 1020, 1, 0.1, 0, true)),
                false);
    }

    /// All rigs.
    public static List<Rig> all() {
        return List.of(cartPole(), arm(), Quadruped.rig());
    }

    /// The rig of a name.
    ///
    /// @throws UsageException where there is none, naming those that there are
    public static Rig named(String name) {
        return all().stream().filter(rig -> rig.name.equals(name)).findFirst().orElseThrow(() -> new UsageException(
                "there is no robot '" + name + "' to emulate, only " + all().stream().map(Rig::name).toList()));
    }

    private static Inertia link(double mass, Vector3 middle) {
        return link(mass, 0.2, middle);
    }

    /// A rod, and what its motor adds.
    static Inertia link(double mass, double length, Vector3 middle) {
        double moment = mass * length * length / 12 + ROTOR;
        return new Inertia(mass, middle, new Vector3(moment, moment, moment));
    }

    private static ModelSpec model(String name, Body... bodies) {
        var all = List.of(bodies);
        return new ModelSpec(name, all, all.stream()
                .map(body -> new Actuator(body.joint().name(), body.joint().name(), 1, -NO_LIMIT, NO_LIMIT)).toList(),
                List.of());
    }
}
