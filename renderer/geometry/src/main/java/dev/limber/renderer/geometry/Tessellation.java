package dev.limber.renderer.geometry;

import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Shape;

/// Turns shapes into triangles.
public final class Tessellation {

    private static final double STROKE = 0.13;
    private static final int LINE_SIDES = 6;

    private final TriangleBuilder builder = new TriangleBuilder();

    private Tessellation() {}

    /// The number of sides that round shapes need to look round in pictures of so many rows.
    public static int sides(int height) {
        return height <= 128 ? 10 : height <= 512 ? 20 : 32;
    }

    /// The triangles of a shape.
    ///
    /// @param sides of what is round, at least 3
    public static Triangles of(Shape shape, int sides) {
        var tessellation = new Tessellation();
        return switch (shape) {
            case Shape.Box box -> tessellation.box(box.half());
            case Shape.Sphere sphere -> tessellation.capsule(sphere.radius(), 0, sides);
            case Shape.Capsule capsule -> tessellation.capsule(capsule.radius(), capsule.length() / 2, sides);
            case Shape.Cylinder cylinder -> tessellation.cylinder(cylinder.radius(), cylinder.length() / 2, sides);
            case Shape.Plane plane -> tessellation.plane(plane.halfX(), plane.halfY());
            case Shape.Mesh mesh -> tessellation.mesh(mesh);
            case Shape.HeightField field -> tessellation.land(field);
            case Shape.Line line -> tessellation.line(line);
            case Shape.Text text -> tessellation.text(text);
        };
    }

    private Triangles box(Vector3 half) {
        double[] h = {half.x(), half.y(), half.z()};
        for (int axis = 0; axis < 3; axis++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                int first = 0;
                for (int corner = 0; corner < 4; corner++) {
                    // The corners go about the axis from u to v, which the other sign turns round.
                    double u = corner == 1 || corner == 2 ? 1 : -1;
                    double v = (corner > 1 ? 1 : -1) * sign;
                    double[] p = new double[3];
                    double[] n = new double[3];
                    p[axis] = sign * h[axis];
                    p[(axis + 1) % 3] = u * h[(axis + 1) % 3];
                    p[(axis + 2) % 3] = v * h[(axis + 2) % 3];
                    n[axis] = sign;
                    int index = builder.vertex(p[0], p[1], p[2], n[0], n[1], n[2]);
                    first = corner == 0 ? index : first;
                }
                builder.quad(first, first + 1, first + 2, first + 3);
            }
        }
        return builder.build(true);
    }

    /// Rings from pole to pole; those of the upper half stand `half` higher and those of the lower half lower.
    private Triangles capsule(double radius, double half, int sides) {
        capsuleAt(radius, half, sides, Vector3.ZERO, Vector3.X, Vector3.Y, Vector3.Z);
        return builder.build(true);
    }

    private void capsuleAt(double radius, double half, int sides, Vector3 middle, Vector3 x, Vector3 y, Vector3 z) {
        int quarter = Math.max(2, (sides + 2) / 4);
        int rings = half == 0 ? 2 * quarter + 1 : 2 * quarter + 2;
        int start = -1;
        for (int ring = 0; ring < rings; ring++) {
            boolean upper = ring > quarter;
            int step = half > 0 && upper ? ring - 1 : ring;
            double latitude = Math.PI * (step - quarter) / (2 * quarter);
            double c = step == 0 || step == 2 * quarter ? 0 : StrictMath.cos(latitude);
            double s = StrictMath.sin(latitude);
            double shift = half == 0 ? 0 : upper ? half : -half;
            for (int i = 0; i <= sides; i++) {
                double longitude = 2 * Math.PI * (i % sides) / sides;
                double nx = c * StrictMath.cos(longitude);
                double ny = c * StrictMath.sin(longitude);
                double px = radius * nx;
                double py = radius * ny;
                double pz = radius * s + shift;
                int index = builder.vertex(middle.x() + x.x() * px + y.x() * py + z.x() * pz,
                        middle.y() + x.y() * px + y.y() * py + z.y() * pz,
                        middle.z() + x.z() * px + y.z() * py + z.z() * pz, x.x() * nx + y.x() * ny + z.x() * s,
                        x.y() * nx + y.y() * ny + z.y() * s, x.z() * nx + y.z() * ny + z.z() * s);
                start = start < 0 ? index : start;
            }
        }
        int row = sides + 1;
        for (int ring = 0; ring < rings - 1; ring++) {
            for (int i = 0; i < sides; i++) {
                int a = start + ring * row + i;
                if (ring > 0) {
                    builder.triangle(a, a + 1, a + row + 1);
                }
                if (ring < rings - 2) {
                    builder.triangle(a, a + row + 1, a + row);
                }
            }
        }
    }

    private Triangles cylinder(double radius, double half, int sides) {
        for (int i = 0; i < sides; i++) {
            double angle = 2 * Math.PI * i / sides;
            double c = StrictMath.cos(angle);
            double s = StrictMath.sin(angle);
            for (int end = -1; end <= 1; end += 2) {
                builder.vertex(radius * c, radius * s, end * half, c, s, 0);
                builder.vertex(radius * c, radius * s, end * half, 0, 0, end);
            }
        }
        for (int i = 0; i < sides; i++) {
            int a = 4 * i;
            int b = 4 * ((i + 1) % sides);
            builder.quad(a, b, b + 2, a + 2);
            if (i > 1) {
                builder.triangle(1, a + 1, a - 3);
                builder.triangle(3, a - 1, a + 3);
            }
        }
        return builder.build(true);
    }

    private Triangles plane(double halfX, double halfY) {
        flatQuad(-halfX, -halfY, halfX, -halfY, halfX, halfY, -halfX, halfY);
        return builder.build(false);
    }

    private void flatQuad(double x1, double y1, double x2, double y2, double x3, double y3, double x4, double y4) {
        int first = builder.vertex(x1, y1, 0, 0, 0, 1);
        builder.vertex(x2, y2, 0, 0, 0, 1);
        builder.vertex(x3, y3, 0, 0, 0, 1);
        builder.vertex(x4, y4, 0, 0, 0, 1);
        builder.quad(first, first + 1, first + 2, first + 3);
    }

    private Triangles mesh(Shape.Mesh mesh) {
        float[] p = mesh.vertices();
        for (int t = 0; t < mesh.triangles().length; t += 3) {
            int a = 3 * mesh.triangles()[t];
            int b = 3 * mesh.triangles()[t + 1];
            int c = 3 * mesh.triangles()[t + 2];
            double ux = p[b] - p[a];
            double uy = p[b + 1] - p[a + 1];
            double uz = p[b + 2] - p[a + 2];
            double vx = p[c] - p[a];
            double vy = p[c + 1] - p[a + 1];
            double vz = p[c + 2] - p[a + 2];
            double nx = uy * vz - uz * vy;
            double ny = uz * vx - ux * vz;
            double nz = ux * vy - uy * vx;
            double length = Math.sqrt(nx * nx + ny * ny + nz * nz);
            if (length > 0) {
                int first = builder.vertex(p[a], p[a + 1], p[a + 2], nx / length, ny / length, nz / length);
                builder.vertex(p[b], p[b + 1], p[b + 2], nx / length, ny / length, nz / length);
                builder.vertex(p[c], p[c + 1], p[c + 2], nx / length, ny / length, nz / length);
                builder.triangle(first, first + 1, first + 2);
            }
        }
        return builder.build(false);
    }

    private Triangles land(Shape.HeightField field) {
        int rows = field.rows();
        int columns = field.columns();
        float[] heights = field.heights();
        double dx = 2 * field.halfX() / (columns - 1);
        double dy = 2 * field.halfY() / (rows - 1);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int left = Math.max(0, c - 1);
                int right = Math.min(columns - 1, c + 1);
                int near = Math.max(0, r - 1);
                int far = Math.min(rows - 1, r + 1);
                double sx = (heights[r * columns + right] - heights[r * columns + left]) / ((right - left) * dx);
                double sy = (heights[far * columns + c] - heights[near * columns + c]) / ((far - near) * dy);
                double n = 1 / Math.sqrt(sx * sx + sy * sy + 1);
                builder.vertex(-field.halfX() + c * dx, -field.halfY() + r * dy, heights[r * columns + c], -sx * n,
                        -sy * n, n);
            }
        }
        for (int r = 0; r < rows - 1; r++) {
            for (int c = 0; c < columns - 1; c++) {
                int a = r * columns + c;
                builder.quad(a, a + 1, a + columns + 1, a + columns);
            }
        }
        return builder.build(false);
    }

    private Triangles line(Shape.Line line) {
        for (int i = 0; i + 1 < line.points().size(); i++) {
            Vector3 a = line.points().get(i);
            Vector3 b = line.points().get(i + 1);
            Vector3 along = new Vector3(b.x() - a.x(), b.y() - a.y(), b.z() - a.z());
            double length = along.length();
            if (length == 0) {
                continue;
            }
            Vector3 z = scaled(along, 1 / length);
            Vector3 across = Math.abs(z.z()) < 0.9 ? cross(Vector3.Z, z) : cross(Vector3.X, z);
            Vector3 x = scaled(across, 1 / across.length());
            capsuleAt(line.width() / 2, length / 2, LINE_SIDES,
                    new Vector3((a.x() + b.x()) / 2, (a.y() + b.y()) / 2, (a.z() + b.z()) / 2), x, cross(z, x), z);
        }
        return builder.build(true);
    }

    private static Vector3 scaled(Vector3 v, double by) {
        return new Vector3(v.x() * by, v.y() * by, v.z() * by);
    }

    private static Vector3 cross(Vector3 a, Vector3 b) {
        return new Vector3(a.y() * b.z() - a.z() * b.y(), a.z() * b.x() - a.x() * b.z(),
                a.x() * b.y() - a.y() * b.x());
    }

    private Triangles text(Shape.Text text) {
        double scale = text.height() / StrokeFont.CAPITAL;
        double pen = text.height() * STROKE / 2;
        double left = -scale * StrokeFont.width(text.text()) / 2;
        for (int i = 0; i < text.text().length(); i++) {
            byte[] strokes = StrokeFont.strokes(text.text().charAt(i));
            for (int s = 0; s < strokes.length; s += 4) {
                double x1 = left + scale * strokes[s];
                double y1 = scale * (strokes[s + 1] - StrokeFont.CAPITAL / 2.0);
                double x2 = left + scale * strokes[s + 2];
                double y2 = scale * (strokes[s + 3] - StrokeFont.CAPITAL / 2.0);
                double length = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
                double ux = length == 0 ? pen : pen * (x2 - x1) / length;
                double uy = length == 0 ? 0 : pen * (y2 - y1) / length;
                flatQuad(x1 - ux + uy, y1 - uy - ux, x2 + ux + uy, y2 + uy - ux, x2 + ux - uy, y2 + uy + ux,
                        x1 - ux - uy, y1 - uy + ux);
            }
            left += scale * StrokeFont.ADVANCE;
        }
        return builder.build(false);
    }
}
