package dev.limber.physics.classiccontrol;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Color;
import dev.limber.api.render.Ground;
import dev.limber.api.render.Part;
import dev.limber.api.render.Scene;
import dev.limber.api.render.Shape;

/// A rod on the axle of a motor, before a wall.
final class PendulumScene {

    private static final Quaternion ALONG_Y = Quaternion.about(Vector3.X, Math.PI / 2);

    private PendulumScene() {}

    static Scene scene() {
        return Scene.of("rod").part(Part.of("rod", 0, new Shape.Capsule(0.07, 0.9), Color.ORANGE).at(0, 0, 0.45))
                .part(Part.of("weight", 0, new Shape.Sphere(0.13), Color.RED).at(0, 0, 1))
                .part(Part.of("axle", Part.WORLD, new Shape.Cylinder(0.06, 0.5), Color.STEEL).turned(ALONG_Y))
                .part(Part.fixed("motor", new Vector3(0, 0.32, 0), new Shape.Box(new Vector3(0.2, 0.16, 0.2)),
                        Color.GRAPHITE))
                .part(Part.fixed("column", new Vector3(0, 0.32, -0.8), new Shape.Box(new Vector3(0.08, 0.08, 0.6)),
                        Color.GRAPHITE))
                .ground(Ground.checker(-1.4, 0.5))
                .camera(new Camera.Fixed(new Vector3(0, -4.4, 0.7), new Vector3(0, 0, -0.1), Camera.FOVY)).build();
    }
}
