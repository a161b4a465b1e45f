package dev.limber.testing.render;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Color;
import dev.limber.api.render.Ground;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.Part;
import dev.limber.api.render.Scene;
import dev.limber.api.render.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Scenes to test renderers with.
public final class SampleScenes {

    private SampleScenes() {}

    /// One of each kind of shape, none larger than about 1 m.
    public static Map<String, Shape> shapes() {
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put("box", new Shape.Box(new Vector3(0.3, 0.25, 0.4)));
        shapes.put("sphere", new Shape.Sphere(0.45));
        shapes.put("capsule", new Shape.Capsule(0.2, 0.6));
        shapes.put("cylinder", new Shape.Cylinder(0.35, 0.7));
        shapes.put("plane", new Shape.Plane(0.5, 0.3));
        shapes.put("mesh", new Shape.Mesh(
                new float[] {-0.4f, -0.4f, -0.4f, 0.4f, -0.4f, -0.4f, 0.4f, 0.4f, -0.4f, -0.4f, 0.4f, -0.4f, 0, 0,
                    0.5f},
                new int[] {0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4}));
        shapes.put("height-field", new Shape.HeightField(9, 9, 0.6, 0.6, heights()));
        shapes.put("line", new Shape.Line(List.of(new Vector3(-0.6, 0, -0.2), new Vector3(-0.2, 0, 0.3),
                new Vector3(0.2, 0, -0.1), new Vector3(0.6, 0, 0.4)), 0.08));
        shapes.put("text", new Shape.Text("Limber", 0.3));
        return shapes;
    }

    private static float[] heights() {
        float[] heights = new float[81];
        for (int i = 0; i < heights.length; i++) {
            int x = i % 9 - 4;
            int y = i / 9 - 4;
            heights[i] = 0.3f - 0.015f * (x * x + y * y) + (x * y % 3) * 0.04f;
        }
        return heights;
    }

    /// A scene of one body that carries one shape, half a metre above a chequered ground.
    public static Scene of(String name, Shape shape) {
        return Scene.of("body").part(Part.of(name, 0, shape, Color.ORANGE)).ground(Ground.checker(-0.6, 0.5))
                .camera(new Camera.Fixed(new Vector3(0.9, -2.2, 1.1), Vector3.ZERO, Camera.FOVY)).build();
    }

    /// A pose in which flat shapes are seen from the front.
    public static double[] pose() {
        Quaternion turned = new Quaternion(0.6, 0.1, 0.2, Math.sqrt(1 - 0.36 - 0.01 - 0.04));
        return new double[] {0, 0, 0, turned.x(), turned.y(), turned.z(), turned.w()};
    }

    /// Twelve bodies, boxes, capsules and spheres, above a chequered ground.
    public static Scene twelveBodies() {
        String[] names = new String[12];
        java.util.Arrays.setAll(names, i -> "body " + i);
        Color[] colors = {Color.BLUE, Color.ORANGE, Color.GREEN, Color.RED, Color.STEEL};
        var scene = Scene.of(names);
        for (int i = 0; i < names.length; i++) {
            Shape shape = switch (i % 3) {
                case 0 -> new Shape.Box(new Vector3(0.2, 0.2, 0.2));
                case 1 -> new Shape.Capsule(0.15, 0.4);
                default -> new Shape.Sphere(0.25);
            };
            scene.part(Part.of(names[i], i, shape, colors[i % colors.length]));
        }
        return scene.ground(Ground.checker(0, 1))
                .camera(new Camera.Fixed(new Vector3(1.5, -4, 2.2), new Vector3(0, 0, 0.5), Camera.FOVY)).build();
    }

    /// Poses of [#twelveBodies] in so many copies: each copy is turned a little more than the one before.
    public static double[] posesOfTwelveBodies(int copies) {
        double[] poses = new double[copies * 12 * Scene.POSE];
        for (int i = 0; i < copies * 12; i++) {
            int body = i % 12;
            int at = Scene.POSE * i;
            double angle = 0.05 * (i / 12) + 0.3 * body;
            poses[at] = body % 4 * 0.8 - 1.2;
            poses[at + 1] = body / 4 * 0.8 - 0.8;
            poses[at + 2] = 0.6;
            poses[at + 3] = StrictMath.sin(angle / 2);
            poses[at + 6] = StrictMath.cos(angle / 2);
        }
        return poses;
    }

    /// One of each kind of item.
    public static Overlay overlay() {
        var overlay = new Overlay();
        overlay.arrow(0, 0, 0, 0.6, 0, 0.6, 3, Color.RED);
        overlay.line(-0.8, -0.5, -0.5, 0.8, -0.5, -0.5, 2, Color.BLUE);
        overlay.point(-0.4, -0.4, 0.5, 9, Color.WHITE);
        overlay.onTop(true);
        overlay.text(-0.7, 0, 0.7, "q = 0.5 rad", 8, Color.GRAPHITE);
        return overlay;
    }
}
