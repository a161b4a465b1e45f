package dev.limber.physics.classiccontrol;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Color;
import dev.limber.api.render.Ground;
import dev.limber.api.render.Part;
import dev.limber.api.render.Scene;
import dev.limber.api.render.Shape;

/// A cart on a rail along x, whose buffers stand where an episode ends, and a pole on it.
final class CartPoleScene {

    private static final double BUFFER = CartPoleKernel.MAX_POSITION + 0.22;
    private static final Quaternion ALONG_X = Quaternion.about(Vector3.Y, Math.PI / 2);
    private static final Quaternion ALONG_Y = Quaternion.about(Vector3.X, Math.PI / 2);

    private CartPoleScene() {}

    static Scene scene() {
        return Scene.of("cart", "pole")
                .part(Part.of("cart", 0, new Shape.Box(new Vector3(0.2, 0.14, 0.1)), Color.BLUE))
                .part(Part.of("pivot", 0, new Shape.Cylinder(0.05, 0.3), Color.STEEL).turned(ALONG_Y))
                .part(Part.of("pole", 1, new Shape.Capsule(0.035, 1), Color.ORANGE).at(0, -0.2, 0.5))
                .part(Part.of("rail", Part.WORLD, new Shape.Cylinder(0.035, 2 * BUFFER), Color.STEEL).turned(ALONG_X))
                .part(Part.fixed("left buffer", new Vector3(-BUFFER, 0, -0.1),
                        new Shape.Box(new Vector3(0.03, 0.1, 0.2)), Color.RED))
                .part(Part.fixed("right buffer", new Vector3(BUFFER, 0, -0.1),
                        new Shape.Box(new Vector3(0.03, 0.1, 0.2)), Color.RED))
                .ground(Ground.checker(-0.3, 0.5))
                .camera(new Camera.Fixed(new Vector3(0, -7.4, 1.7), new Vector3(0, 0, 0.3), Camera.FOVY)).build();
    }
}
