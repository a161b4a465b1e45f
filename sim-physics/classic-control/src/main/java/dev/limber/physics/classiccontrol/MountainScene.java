package dev.limber.physics.classiccontrol;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Camera;
import dev.limber.api.render.Color;
import dev.limber.api.render.Ground;
import dev.limber.api.render.Part;
import dev.limber.api.render.Scene;
import dev.limber.api.render.Shape;

/// A car in a valley, cut open in front, with a flag at the goal.
final class MountainScene {

    private static final double MIDDLE = (MountainCarKernel.MIN_POSITION + MountainCarKernel.MAX_POSITION) / 2;
    private static final double HALF_X = (MountainCarKernel.MAX_POSITION - MountainCarKernel.MIN_POSITION) / 2 + 0.1;
    private static final double HALF_Y = 0.16;
    private static final int COLUMNS = 33;
    private static final Quaternion ALONG_Y = Quaternion.about(Vector3.X, Math.PI / 2);
    private static final Color GRASS = Color.of(0x7DA87B);
    private static final Color EARTH = Color.of(0x8C7355);

    private MountainScene() {}

    /// @param goal where the flag stands [m]
    static Scene scene(double goal) {
        var scene = Scene.of("car").part(Part.of("hills", Part.WORLD, land(), GRASS).at(MIDDLE, 0, 0))
                .part(Part.of("cut", Part.WORLD, cut(), EARTH))
                .part(Part.of("chassis", 0, new Shape.Box(new Vector3(0.075, 0.045, 0.018)), Color.BLUE).at(0, 0,
                        0.045))
                .part(Part.of("cabin", 0, new Shape.Box(new Vector3(0.036, 0.04, 0.018)), Color.WHITE).at(-0.01, 0,
                        0.08))
                .part(Part.fixed("pole", new Vector3(goal, 0.1, height(goal) + 0.14), new Shape.Cylinder(0.008, 0.28),
                        Color.STEEL))
                .part(Part.fixed("flag", new Vector3(goal, 0.1, height(goal) + 0.28), new Shape.Mesh(
                        new float[] {0, 0, 0, 0, 0, -0.1f, 0.14f, 0, -0.05f}, new int[] {0, 1, 2}), Color.RED));
        for (int wheel = 0; wheel < 4; wheel++) {
            scene.part(Part.of("wheel", 0, new Shape.Cylinder(0.024, 0.02), Color.GRAPHITE)
                    .at(wheel % 2 == 0 ? -0.045 : 0.045, wheel < 2 ? -0.045 : 0.045, 0.024).turned(ALONG_Y));
        }
        return scene.ground(Ground.checker(0, 0.25))
                .camera(new Camera.Fixed(new Vector3(MIDDLE, -3.3, 1.5), new Vector3(MIDDLE, 0, 0.5), Camera.FOVY))
                .build();
    }

    /// Of the land at a place [m], as Gymnasium draws it.
    private static double height(double position) {
        return 0.45 * StrictMath.sin(3 * position) + 0.55;
    }

    private static double column(int i) {
        return -HALF_X + 2 * HALF_X * i / (COLUMNS - 1);
    }

    private static Shape land() {
        float[] heights = new float[2 * COLUMNS];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = (float) height(MIDDLE + column(i % COLUMNS));
        }
        return new Shape.HeightField(2, COLUMNS, HALF_X, HALF_Y, heights);
    }

    /// The earth under the front edge of the land.
    private static Shape cut() {
        float[] vertices = new float[6 * COLUMNS];
        int[] triangles = new int[6 * (COLUMNS - 1)];
        for (int i = 0; i < COLUMNS; i++) {
            double x = MIDDLE + column(i);
            vertices[6 * i] = (float) x;
            vertices[6 * i + 1] = (float) -HALF_Y;
            vertices[6 * i + 3] = (float) x;
            vertices[6 * i + 4] = (float) -HALF_Y;
            vertices[6 * i + 5] = (float) height(x);
        }
        for (int i = 0; i < COLUMNS - 1; i++) {
            System.arraycopy(new int[] {2 * i, 2 * i + 2, 2 * i + 3, 2 * i, 2 * i + 3, 2 * i + 1}, 0, triangles, 6 * i,
                    6);
        }
        return new Shape.Mesh(vertices, triangles);
    }

    /// Writes the pose of the car, which stands on the land and points up or down it.
    static void pose(double position, double[] target, int offset) {
        Planar.pose(target, offset, position, height(position),
                -StrictMath.atan(1.35 * StrictMath.cos(3 * position)));
    }
}
