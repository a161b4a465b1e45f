package dev.limber.robot.simulated;

import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.ModelSpec.Actuator;
import dev.limber.api.physics.ModelSpec.Body;
import dev.limber.api.physics.ModelSpec.Inertia;
import dev.limber.api.physics.ModelSpec.Joint;
import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import java.util.List;
import java.util.Optional;

/// Mechanisms for tests.
final class Models {

    private Models() {}

    /// A cart of 1 kg that is pushed with up to 10 N, and a pole on it.
    static ModelSpec cartPole() {
        var cart = new Body("cart", Optional.empty(), Vector3.ZERO, Quaternion.IDENTITY,
                Joint.slide("cart", Vector3.X), Inertia.box(1, new Vector3(0.2, 0.15, 0.1)), List.of());
        double moment = 0.1 / 12;
        var pole = new Body("pole", Optional.of("cart"), Vector3.ZERO, Quaternion.IDENTITY,
                Joint.hinge("pole", Vector3.Y),
                new Inertia(0.1, new Vector3(0, 0, 0.5), new Vector3(moment, moment, moment)), List.of());
        return new ModelSpec("cart-pole", List.of(cart, pole), List.of(new Actuator("motor", "cart", 10, -1, 1)),
                List.of());
    }
}
