package dev.limber.api.render;

import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.Vector3;
import java.util.List;

/// What a part of a scene looks like, in the part's own frame [m]. Renderers only read the arrays of meshes and height
/// fields, and nobody may write to them.
public sealed interface Shape {

    /// A box of half extents `half`, centred.
    record Box(Vector3 half) implements Shape {
        /// Checks that it is one.
        public Box {
            requirePositive("half extents of a box", half.x(), half.y(), half.z());
        }
    }

    /// A sphere, centred.
    record Sphere(double radius) implements Shape {
        /// Checks that it is one.
        public Sphere {
            requirePositive("radius of a sphere", radius);
        }
    }

    /// A cylinder between two half spheres along z, centred: `length` between the centres of the spheres.
    record Capsule(double radius, double length) implements Shape {
        /// Checks that it is one.
        public Capsule {
            requirePositive("radius and length of a capsule", radius, length);
        }
    }

    /// A cylinder along z, centred.
    record Cylinder(double radius, double length) implements Shape {
        /// Checks that it is one.
        public Cylinder {
            requirePositive("radius and length of a cylinder", radius, length);
        }
    }

    /// A rectangle in the plane z = 0, centred, seen from both sides.
    record Plane(double halfX, double halfY) implements Shape {
        /// Checks that it is one.
        public Plane {
            requirePositive("half extents of a plane", halfX, halfY);
        }
    }

    /// Triangles, seen from both sides. Every triangle has its own normal, so that edges stay edges.
    ///
    /// @param vertices row-major [vertices, 3] [m]
    /// @param triangles row-major [triangles, 3] indices of vertices, counter-clockwise from outside
    record Mesh(float[] vertices, int[] triangles) implements Shape {
        /// Checks that every triangle has its vertices.
        public Mesh {
            if (vertices.length % 3 != 0 || triangles.length % 3 != 0 || triangles.length == 0) {
                throw new IllegalArgumentException("a mesh needs 3 numbers per vertex and triangle, and has "
                        + vertices.length + " and " + triangles.length);
            }
            for (int vertex : triangles) {
                if (vertex < 0 || vertex >= vertices.length / 3) {
                    throw new IllegalArgumentException(
                            "a triangle has vertex " + vertex + " of " + vertices.length / 3);
                }
            }
        }
    }

    /// Land: heights over a grid of points in x and y, centred, smooth.
    ///
    /// @param rows points along y, at least 2
    /// @param columns points along x, at least 2
    /// @param halfX half of the extent along x [m]
    /// @param halfY half of the extent along y [m]
    /// @param heights row-major [rows, columns], rows from -y to y, columns from -x to x [m]
    record HeightField(int rows, int columns, double halfX, double halfY, float[] heights) implements Shape {
        /// Checks that there is a height for every point.
        public HeightField {
            requirePositive("half extents of a height field", halfX, halfY);
            if (rows < 2 || columns < 2 || heights.length != rows * columns) {
                throw new IllegalArgumentException("a height field of " + rows + " x " + columns + " points has "
                        + heights.length + " heights; it needs one for each of at least 2 x 2 points");
            }
        }
    }

    /// A round line through points.
    ///
    /// @param points at least 2 [m]
    /// @param width its thickness [m]
    record Line(List<Vector3> points, double width) implements Shape {
        /// Copies the list.
        public Line {
            points = List.copyOf(points);
            requirePositive("width of a line", width);
            if (points.size() < 2) {
                throw new IllegalArgumentException("a line needs at least 2 points, not " + points.size());
            }
        }
    }

    /// One line of text in the plane z = 0, its middle at the origin, reading along x with y up; ASCII, other characters
    /// are boxes.
    ///
    /// @param text what to write
    /// @param height of a capital letter [m]
    record Text(String text, double height) implements Shape {
        /// Checks that there is something to see.
        public Text {
            requirePositive("height of a text", height);
            if (text.isBlank()) {
                throw new IllegalArgumentException("a text is blank");
            }
        }
    }

    private static void requirePositive(String what, double... sizes) {
        for (double size : sizes) {
            if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(what + " must be above 0, not " + size);
            }
        }
    }

    /// The picture of a physical shape; a half space is a rectangle of 50 m to each side.
    static Shape of(ModelSpec.Shape shape) {
        return switch (shape) {
            case ModelSpec.Shape.Box box -> new Box(box.half());
            case ModelSpec.Shape.Sphere sphere -> new Sphere(sphere.radius());
            case ModelSpec.Shape.Capsule capsule -> new Capsule(capsule.radius(), capsule.length());
            case ModelSpec.Shape.Cylinder cylinder -> new Cylinder(cylinder.radius(), cylinder.length());
            case ModelSpec.Shape.Plane _ -> new Plane(50, 50);
        };
    }
}
