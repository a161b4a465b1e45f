package dev.limber.physics.cartpole;

import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Actuator;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.ModelSpec.Geometry;
import dev.limber.api.physics.ModelSpec.Inertia;
import dev.limber.api.physics.ModelSpec.Joint;
import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.physics.WorldOptions;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.policy.PolicyManifest.Action;
import dev.limber.api.policy.PolicyManifest.ModelJoint;
import dev.limber.api.policy.PolicyManifest.Observed;
import dev.limber.api.policy.PolicyManifest.Quantity;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Color;
import dev.limber.api.render.Ground;
import dev.limber.api.render.Part;
import dev.limber.api.render.Scene;
import dev.limber.api.render.Shape;
import dev.limber.api.robot.Robot.CommandMode;
import java.util.List;
import java.util.Optional;

/// Gymnasium's cart-pole as a mechanism: a cart of 1 kg on a rail along x and a uniform rod of 0.1 kg and 1 m that
/// stands on it, hinged about y, so that a positive angle leans to +x. The equations of motion are those of
/// Florian, "Correct equations for the dynamics of the cart-pole system" (2007), without friction.
final class CartPoleModel {

    /// Time per environment step [s].
    static final double STEP = 0.02;
    /// What the motor pushes with at control 1 [N].
    static final double FORCE = 10;

    /// [kg]
    static final double CART_MASS = 1;
    /// [kg]
    static final double POLE_MASS = 0.1;
    /// Half the pole [m].
    static final double HALF_LENGTH = 0.5;

    private static final double GRAVITY = 9.8;
    private static final Vector3 CART = new Vector3(0.2, 0.15, 0.1);

    /// Two joints between bodies of 1 kg and 0.1 kg: measured, more iterations change the error by less than 0.0001 rad.
    private static final int ITERATIONS = 4;

    private static final double UNBOUND = 100;

    private CartPoleModel() {}

    /// The mechanism. Joint coordinates: cart position [m], pole angle [rad]; control: 1 for 10 N to +x.
    static ModelSpec model() {
        return model(CART_MASS, POLE_MASS, HALF_LENGTH, 1);
    }

    /// A cart-pole of other masses [kg] and length [m], whose motor may be asked for more than control 1: what friction
    /// takes is asked of it too.
    static ModelSpec model(double cartMass, double poleMass, double halfLength) {
        return model(cartMass, poleMass, halfLength, UNBOUND);
    }

    private static ModelSpec model(double cartMass, double poleMass, double halfLength, double most) {
        var cart = new Body("cart", Optional.empty(), Vector3.ZERO, Quaternion.IDENTITY,
                Joint.slide("rail", Vector3.X), Inertia.box(cartMass, CART),
                List.of(Geometry.visual(new ModelSpec.Shape.Box(CART), Vector3.ZERO)));
        double moment = poleMass * halfLength * halfLength / 3;
        var center = new Vector3(0, 0, halfLength);
        // Nothing turns the pole about its length: that moment is any number of like size.
        var pole = new Body("pole", Optional.of("cart"), Vector3.ZERO, Quaternion.IDENTITY,
                Joint.hinge("pivot", Vector3.Y), new Inertia(poleMass, center, new Vector3(moment, moment, moment)),
                List.of(Geometry.visual(new ModelSpec.Shape.Capsule(0.035, 2 * halfLength), center)));
        return new ModelSpec("cart-pole", List.of(cart, pole),
                List.of(new Actuator("motor", "rail", FORCE, -most, most)), List.of());
    }

    /// What a policy's numbers mean on a cart-pole that is driven by force and whose pole is only measured.
    ///
    /// @param continuous whether an action is a part of the force and not a choice
    static PolicyManifest manifest(boolean continuous) {
        return new PolicyManifest("CartPole-jbullet", CommandMode.EFFORT, 1 / STEP,
                List.of(ModelJoint.same("rail"), ModelJoint.same("pivot")),
                List.of(new Observed("rail", Quantity.POSITION, 1), new Observed("rail", Quantity.VELOCITY, 1),
                        new Observed("pivot", Quantity.POSITION, 1), new Observed("pivot", Quantity.VELOCITY, 1)),
                List.of(continuous ? new Action("rail", FORCE, 0) : new Action("rail", 2 * FORCE, -FORCE)));
    }

    /// How it is simulated.
    static WorldOptions options(int substeps) {
        return new WorldOptions(STEP / substeps, ITERATIONS, new Vector3(0, 0, -GRAVITY));
    }

    /// What it looks like, on a rail whose buffers stand where an episode ends.
    static Scene scene() {
        double buffer = CartPoleWorlds.MAX_POSITION + CART.x() + 0.03;
        var stop = new Shape.Box(new Vector3(0.03, 0.1, 0.2));
        return Scene.of(model(), Color.GREEN, Color.ORANGE)
                .part(Part.of("rail", Part.WORLD, new Shape.Cylinder(0.035, 2 * buffer), Color.STEEL)
                        .turned(Quaternion.about(Vector3.Y, Math.PI / 2)))
                .part(Part.fixed("left buffer", new Vector3(-buffer, 0, -0.1), stop, Color.RED))
                .part(Part.fixed("right buffer", new Vector3(buffer, 0, -0.1), stop, Color.RED))
                .ground(Ground.checker(-0.3, 0.5))
                .camera(new Camera.Fixed(new Vector3(0, -7.4, 1.7), new Vector3(0, 0, 0.3), Camera.FOVY)).build();
    }
}
