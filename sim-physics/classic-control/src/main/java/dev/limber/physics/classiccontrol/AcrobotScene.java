package dev.limber.physics.classiccontrol;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Color;
import dev.limber.api.render.Ground;
import dev.limber.api.render.Part;
import dev.limber.api.render.Scene;
import dev.limber.api.render.Shape;
import java.util.List;

/// Two links that hang from an axle, and the line that the end of the second is to reach.
final class AcrobotScene {

    private static final double GOAL = 1;
    private static final Quaternion ALONG_Y = Quaternion.about(Vector3.X, Math.PI / 2);

    private AcrobotScene() {}

    static Scene scene() {
        return Scene.of("upper link", "lower link")
                .part(Part.of("upper link", 0, new Shape.Capsule(0.08, 1), Color.BLUE).at(0, 0, -0.5))
                .part(Part.of("lower link", 1, new Shape.Capsule(0.07, 1), Color.ORANGE).at(0, -0.17, -0.5))
                .part(Part.of("middle joint", 1, new Shape.Cylinder(0.1, 0.4), Color.STEEL).at(0, -0.08, 0)
                        .turned(ALONG_Y))
                .part(Part.of("axle", Part.WORLD, new Shape.Cylinder(0.06, 0.7), Color.STEEL).at(0, 0.2, 0)
                        .turned(ALONG_Y))
                .part(Part.fixed("column", new Vector3(0, 0.5, -1.2), new Shape.Box(new Vector3(0.09, 0.07, 1.3)),
                        Color.GRAPHITE))
                .part(Part.of("goal", Part.WORLD,
                        new Shape.Line(List.of(new Vector3(-2.3, 0, GOAL), new Vector3(2.3, 0, GOAL)), 0.03),
                        Color.GREEN).withoutShadow())
                .ground(Ground.checker(-2.5, 1))
                .camera(new Camera.Fixed(new Vector3(0, -7.2, 0.9), new Vector3(0, 0, -0.15), Camera.FOVY)).build();
    }
}
