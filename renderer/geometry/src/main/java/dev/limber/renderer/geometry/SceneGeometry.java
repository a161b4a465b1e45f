package dev.limber.renderer.geometry;

import dev.limber.api.physics.Quaternion;
import dev.limber.api.physics.Vector3;
import dev.limber.api.render.Part;
import dev.limber.api.render.Scene;

/// The parts of a scene as triangles, and where they stand for given poses. Immutable. Placements are row-major [3, 4]:
/// a rotation, and a place in the last column.
public final class SceneGeometry {

    /// Numbers per placement.
    public static final int PLACEMENT = 12;

    private final Triangles[] triangles;
    private final int[] bodies;
    private final double[][] local;
    private final double[][] boxes;

    /// @param height of the pictures [pixels], which says how finely round shapes are cut
    public SceneGeometry(Scene scene, int height) {
        int parts = scene.parts().size();
        triangles = new Triangles[parts];
        bodies = new int[parts];
        local = new double[parts][PLACEMENT];
        boxes = new double[parts][];
        for (int i = 0; i < parts; i++) {
            Part part = scene.parts().get(i);
            triangles[i] = Tessellation.of(part.shape(), Tessellation.sides(height));
            boxes[i] = box(triangles[i].vertices());
            bodies[i] = part.body();
            Quaternion q = part.orientation();
            Vector3 p = part.position();
            rotation(q.x(), q.y(), q.z(), q.w(), local[i]);
            local[i][3] = p.x();
            local[i][7] = p.y();
            local[i][11] = p.z();
        }
    }

    private static void rotation(double x, double y, double z, double w, double[] target) {
        target[0] = 1 - 2 * (y * y + z * z);
        target[1] = 2 * (x * y - w * z);
        target[2] = 2 * (x * z + w * y);
        target[4] = 2 * (x * y + w * z);
        target[5] = 1 - 2 * (x * x + z * z);
        target[6] = 2 * (y * z - w * x);
        target[8] = 2 * (x * z - w * y);
        target[9] = 2 * (y * z + w * x);
        target[10] = 1 - 2 * (x * x + y * y);
    }

    private static double[] box(float[] vertices) {
        double[] box = new double[6];
        for (int k = 0; k < 3; k++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int at = k; at < vertices.length; at += Triangles.VERTEX) {
                low = Math.min(low, vertices[at]);
                high = Math.max(high, vertices[at]);
            }
            box[k] = low <= high ? (low + high) / 2 : 0;
            box[3 + k] = low <= high ? (high - low) / 2 : 0;
        }
        return box;
    }

    /// The number of parts.
    public int parts() {
        return triangles.length;
    }

    /// A part as triangles.
    public Triangles triangles(int part) {
        return triangles[part];
    }

    /// The box that holds a part, along the axes of its own frame: its middle, and half of its extents [6]. Read only.
    double[] box(int part) {
        return boxes[part];
    }

    /// The body that carries a part, or [Part#WORLD].
    public int body(int part) {
        return bodies[part];
    }

    /// Says where all parts of a copy stand.
    ///
    /// @param poses [bodies, 7] from `offset` on
    /// @param bodyPlacement working space [12]
    /// @param target receives [parts, 12]
    public void place(double[] poses, int offset, double[] bodyPlacement, double[] target) {
        int placed = Part.WORLD;
        for (int i = 0; i < triangles.length; i++) {
            double[] part = local[i];
            int body = bodies[i];
            int to = PLACEMENT * i;
            if (body == Part.WORLD) {
                System.arraycopy(part, 0, target, to, PLACEMENT);
                continue;
            }
            if (body != placed) {
                int at = offset + Scene.POSE * body;
                rotation(poses[at + 3], poses[at + 4], poses[at + 5], poses[at + 6], bodyPlacement);
                bodyPlacement[3] = poses[at];
                bodyPlacement[7] = poses[at + 1];
                bodyPlacement[11] = poses[at + 2];
                placed = body;
            }
            for (int row = 0; row < PLACEMENT; row += 4) {
                double a = bodyPlacement[row];
                double b = bodyPlacement[row + 1];
                double c = bodyPlacement[row + 2];
                for (int column = 0; column < 4; column++) {
                    target[to + row + column] = a * part[column] + b * part[4 + column] + c * part[8 + column];
                }
                target[to + row + 3] += bodyPlacement[row + 3];
            }
        }
    }
}
