package dev.limber.renderer.software;

import dev.limber.api.render.View;
import dev.limber.renderer.geometry.Lighting;
import dev.limber.renderer.geometry.OverlayTriangles;
import dev.limber.renderer.geometry.Triangles;

/// Brings the triangles of parts to a surface: moves and lights their corners, and cuts off what is too near or far out.
final class PartDrawing {

    /// x, y, w, nearness, light from everywhere, light from the sun.
    private static final int CORNER = 6;
    /// Up to so many times the picture's extent, coordinates keep to their range without clipping.
    private static final float GUARD = 8;
    private static final int PLANES = 5;
    /// Nearer than anything.
    private static final float FRONT = (float) (2 / View.NEAR);
    private static final float FRONT_STEP = 1e-3f;
    private static final int MOST = 3 + PLANES;

    private final float[] corners;
    private final float[] turned;
    private final float[] distances;
    private final float[] matrix = new float[16];
    private final float[] towards = new float[6];
    private float[] polygon = new float[MOST * (CORNER + 1)];
    private float[] other = new float[MOST * (CORNER + 1)];
    private final float[] piece = new float[MOST * CORNER];

    /// @param vertices the most that a part has
    PartDrawing(int vertices) {
        corners = new float[vertices * CORNER];
        turned = new float[vertices * CORNER];
        distances = new float[vertices];
    }

    /// Draws a part as a camera sees it.
    ///
    /// @param place row-major [3, 4] in `placements` from `at` on
    /// @param sun direction in which its rays go [3], length 1
    void see(Triangles triangles, double[] placements, int at, View view, double[] sun, float ambient,
            int segment, Surface surface) {
        boolean perspective = view.hasPerspective();
        double[] v = view.view();
        double[] p = view.projection();
        for (int column = 0; column < 4; column++) {
            double x = placements[at + column];
            double y = placements[at + 4 + column];
            double z = placements[at + 8 + column];
            int last = column == 3 ? 1 : 0;
            double ex = v[0] * x + v[4] * y + v[8] * z + v[12] * last;
            double ey = v[1] * x + v[5] * y + v[9] * z + v[13] * last;
            double ez = v[2] * x + v[6] * y + v[10] * z + v[14] * last;
            matrix[column] = (float) (p[0] * ex);
            matrix[4 + column] = (float) (p[5] * ey);
            matrix[8 + column] = (float) -ez;
            if (column < 3) {
                towards[column] = (float) z;
                towards[3 + column] = (float) -(sun[0] * x + sun[1] * y + sun[2] * z);
            }
        }
        float[] vertices = triangles.vertices();
        int count = triangles.vertexCount();
        boolean near = false;
        boolean far = false;
        for (int i = 0; i < count; i++) {
            int from = Triangles.VERTEX * i;
            int to = CORNER * i;
            float x = vertices[from];
            float y = vertices[from + 1];
            float z = vertices[from + 2];
            float distance = matrix[8] * x + matrix[9] * y + matrix[10] * z + matrix[11];
            float w = perspective ? distance : 1;
            float cx = matrix[0] * x + matrix[1] * y + matrix[2] * z + matrix[3];
            float cy = matrix[4] * x + matrix[5] * y + matrix[6] * z + matrix[7];
            distances[i] = distance;
            near |= distance < View.NEAR;
            far |= Math.abs(cx) > GUARD * w || Math.abs(cy) > GUARD * w;
            float up = towards[0] * vertices[from + 3] + towards[1] * vertices[from + 4]
                    + towards[2] * vertices[from + 5];
            float sunward = towards[3] * vertices[from + 3] + towards[4] * vertices[from + 4]
                    + towards[5] * vertices[from + 5];
            corners[to] = cx;
            corners[to + 1] = cy;
            corners[to + 2] = w;
            corners[to + 3] = nearness(perspective, distance);
            corners[to + 4] = Lighting.everywhere(ambient, up);
            corners[to + 5] = Lighting.sun(ambient, sunward);
            if (!triangles.closed()) {
                System.arraycopy(corners, to, turned, to, 4);
                turned[to + 4] = Lighting.everywhere(ambient, -up);
                turned[to + 5] = Lighting.sun(ambient, -sunward);
            }
        }
        int[] indices = triangles.indices();
        for (int t = 0; t < indices.length; t += 3) {
            triangle(corners, indices[t], indices[t + 1], indices[t + 2], segment, surface, near || far, perspective,
                    false);
            if (!triangles.closed()) {
                triangle(turned, indices[t], indices[t + 2], indices[t + 1], segment, surface, near || far,
                        perspective, false);
            }
        }
    }

    private static float nearness(boolean perspective, float distance) {
        return perspective ? 1 / distance : (float) ((View.FAR - distance) / View.FAR);
    }

    private void triangle(float[] from, int a, int b, int c, int segment, Surface surface, boolean maybeOutside,
            boolean perspective, boolean bothSides) {
        if (maybeOutside && outside(from, a, b, c)) {
            cut(from, a, b, c, segment, surface, perspective, bothSides);
        } else {
            surface.triangle(from, CORNER * a, CORNER * b, CORNER * c, segment, bothSides);
        }
    }

    private boolean outside(float[] from, int a, int b, int c) {
        return distances[a] < View.NEAR || distances[b] < View.NEAR || distances[c] < View.NEAR || guarded(from, a)
                || guarded(from, b) || guarded(from, c);
    }

    private static boolean guarded(float[] from, int vertex) {
        int at = CORNER * vertex;
        float limit = GUARD * from[at + 2];
        return Math.abs(from[at]) > limit || Math.abs(from[at + 1]) > limit;
    }

    /// Sutherland and Hodgman, "Reentrant polygon clipping", 1974.
    private void cut(float[] from, int a, int b, int c, int segment, Surface surface, boolean perspective,
            boolean bothSides) {
        int size = CORNER + 1;
        copy(from, a, 0);
        copy(from, b, size);
        copy(from, c, 2 * size);
        int count = 3;
        for (int plane = 0; plane < PLANES && count > 0; plane++) {
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int here = size * i;
                int next = size * ((i + 1) % count);
                float inHere = inside(plane, here);
                float inNext = inside(plane, next);
                if (inHere >= 0) {
                    System.arraycopy(polygon, here, other, size * kept++, size);
                }
                if (inHere >= 0 != inNext >= 0) {
                    float t = inHere / (inHere - inNext);
                    for (int k = 0; k < size; k++) {
                        other[size * kept + k] = polygon[here + k] + t * (polygon[next + k] - polygon[here + k]);
                    }
                    kept++;
                }
            }
            float[] swap = polygon;
            polygon = other;
            other = swap;
            count = kept;
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(polygon, size * i, piece, CORNER * i, CORNER);
            if (polygon[size * i + 3] < FRONT) {
                piece[CORNER * i + 3] = nearness(perspective, polygon[size * i + CORNER]);
            }
        }
        for (int i = 1; i + 1 < count; i++) {
            surface.triangle(piece, 0, CORNER * i, CORNER * (i + 1), segment, bothSides);
        }
    }

    private void copy(float[] from, int vertex, int at) {
        System.arraycopy(from, CORNER * vertex, polygon, at, CORNER);
        polygon[at + CORNER] = distances[vertex];
    }

    /// At least 0 on the side of a plane that is kept.
    private float inside(int plane, int at) {
        float w = polygon[at + 2];
        return switch (plane) {
            case 0 -> polygon[at + CORNER] - (float) View.NEAR;
            case 1 -> GUARD * w - polygon[at];
            case 2 -> GUARD * w + polygon[at];
            case 3 -> GUARD * w - polygon[at + 1];
            default -> GUARD * w + polygon[at + 1];
        };
    }

    /// Draws an overlay; its triangle number i is segment `base + i`.
    void lay(OverlayTriangles overlay, int base, boolean perspective, Surface surface) {
        float[] from = overlay.corners();
        for (int t = 0; t < overlay.count(); t++) {
            for (int i = 0; i < 3; i++) {
                int at = OverlayTriangles.TRIANGLE * t + OverlayTriangles.CORNER * i;
                boolean onTop = overlay.isOnTop(t);
                corners[CORNER * i] = from[at];
                corners[CORNER * i + 1] = from[at + 1];
                corners[CORNER * i + 2] = from[at + 3];
                // Of what is on top, the later covers the earlier.
                corners[CORNER * i + 3] = onTop ? FRONT + t * FRONT_STEP : nearness(perspective, from[at + 4]);
                distances[i] = from[at + 4];
            }
            triangle(corners, 0, 1, 2, base + t, surface, true, perspective, true);
        }
    }

    /// Draws a part as the sun sees it.
    ///
    /// @param rows from the world to the shadow map, row-major [3, 4]
    void shade(Triangles triangles, double[] placements, int at, double[] rows, Surface map) {
        for (int row = 0; row < 12; row += 4) {
            for (int column = 0; column < 4; column++) {
                matrix[row + column] = (float) (rows[row] * placements[at + column]
                        + rows[row + 1] * placements[at + 4 + column] + rows[row + 2] * placements[at + 8 + column]
                        + (column == 3 ? rows[row + 3] : 0));
            }
        }
        float[] vertices = triangles.vertices();
        for (int i = 0; i < triangles.vertexCount(); i++) {
            int from = Triangles.VERTEX * i;
            int to = CORNER * i;
            float x = vertices[from];
            float y = vertices[from + 1];
            float z = vertices[from + 2];
            corners[to] = matrix[0] * x + matrix[1] * y + matrix[2] * z + matrix[3];
            corners[to + 1] = matrix[4] * x + matrix[5] * y + matrix[6] * z + matrix[7];
            corners[to + 2] = 1;
            corners[to + 3] = 1 - (matrix[8] * x + matrix[9] * y + matrix[10] * z + matrix[11]);
        }
        int[] indices = triangles.indices();
        for (int t = 0; t < indices.length; t += 3) {
            map.triangle(corners, CORNER * indices[t], CORNER * indices[t + 1], CORNER * indices[t + 2], 0, true);
        }
    }
}
