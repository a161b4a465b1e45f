package dev.limber.renderer.software;

import java.util.Arrays;

/// What triangles are drawn to: for each pixel how near the nearest is, and, unless it is a shadow map, which part it
/// belongs to and how it is lit.
///
/// Nearness is affine over the pixels of a triangle: 1 by the distance where there is perspective, what is left to the
/// farthest distance where there is none. 0 is nothing.
final class Surface {

    private static final int BITS = 8;
    private static final int ONE = 1 << BITS;

    final int width;
    final int height;
    final float[] nearness;
    final int[] segments;
    final float[] ambient;
    final float[] sun;

    private Surface(int width, int height, boolean lit) {
        this.width = width;
        this.height = height;
        nearness = new float[width * height];
        segments = new int[lit ? width * height : 0];
        ambient = new float[lit ? width * height : 0];
        sun = new float[lit ? width * height : 0];
    }

    static Surface picture(int width, int height) {
        return new Surface(width, height, true);
    }

    static Surface shadowMap(int cells) {
        return new Surface(cells, cells, false);
    }

    void clear() {
        Arrays.fill(nearness, 0);
        Arrays.fill(segments, 0);
    }

    /// Draws a triangle whose corners are in clip coordinates.
    ///
    /// @param corners x, y, w, nearness, light from everywhere and light from the sun of each corner, row-major [, 6]
    /// @param segment what it belongs to
    /// @param bothSides whether it is drawn where it is clockwise
    void triangle(float[] corners, int a, int b, int c, int segment, boolean bothSides) {
        long ax = fixed(corners[a] / corners[a + 2], width);
        long ay = fixed(-corners[a + 1] / corners[a + 2], height);
        long bx = fixed(corners[b] / corners[b + 2], width);
        long by = fixed(-corners[b + 1] / corners[b + 2], height);
        long cx = fixed(corners[c] / corners[c + 2], width);
        long cy = fixed(-corners[c + 1] / corners[c + 2], height);
        long area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
        // Rows go down, so that counter-clockwise triangles have a negative area.
        if (area == 0 || area > 0 && !bothSides) {
            return;
        }
        if (area < 0) {
            area = -area;
            long x = bx;
            long y = by;
            int corner = b;
            bx = cx;
            by = cy;
            b = c;
            cx = x;
            cy = y;
            c = corner;
        }
        int left = (int) Math.max(0, Math.min(ax, Math.min(bx, cx)) - ONE / 2 + ONE - 1 >> BITS);
        int right = (int) Math.min(width - 1, Math.max(ax, Math.max(bx, cx)) - ONE / 2 >> BITS);
        int top = (int) Math.max(0, Math.min(ay, Math.min(by, cy)) - ONE / 2 + ONE - 1 >> BITS);
        int bottom = (int) Math.min(height - 1, Math.max(ay, Math.max(by, cy)) - ONE / 2 >> BITS);
        if (left > right || top > bottom) {
            return;
        }
        long px = ((long) left << BITS) + ONE / 2;
        long py = ((long) top << BITS) + ONE / 2;
        long rowA = edge(bx, by, cx, cy, px, py);
        long rowB = edge(cx, cy, ax, ay, px, py);
        long rowC = edge(ax, ay, bx, by, px, py);
        long rightA = by - cy << BITS;
        long rightB = cy - ay << BITS;
        long rightC = ay - by << BITS;
        long downA = cx - bx << BITS;
        long downB = ax - cx << BITS;
        long downC = bx - ax << BITS;

        double scale = ONE / (double) area;
        double x1 = (bx - ax) * scale;
        double y1 = (by - ay) * scale;
        double x2 = (cx - ax) * scale;
        double y2 = (cy - ay) * scale;
        double fromX = (px - ax) / (double) ONE;
        double fromY = (py - ay) / (double) ONE;
        boolean lit = segments.length > 0;
        int attributes = lit ? 3 : 1;
        float near = 0;
        float nearRight = 0;
        float nearDown = 0;
        float around = 0;
        float aroundRight = 0;
        float aroundDown = 0;
        float sunny = 0;
        float sunnyRight = 0;
        float sunnyDown = 0;
        for (int k = 0; k < attributes; k++) {
            double value = corners[a + 3 + k];
            double toB = corners[b + 3 + k] - value;
            double toC = corners[c + 3 + k] - value;
            double perRight = toB * y2 - toC * y1;
            double perDown = toC * x1 - toB * x2;
            float first = (float) (value + perRight * fromX + perDown * fromY);
            switch (k) {
                case 0 -> {
                    near = first;
                    nearRight = (float) perRight;
                    nearDown = (float) perDown;
                }
                case 1 -> {
                    around = first;
                    aroundRight = (float) perRight;
                    aroundDown = (float) perDown;
                }
                default -> {
                    sunny = first;
                    sunnyRight = (float) perRight;
                    sunnyDown = (float) perDown;
                }
            }
        }
        for (int y = top; y <= bottom; y++) {
            long insideA = rowA;
            long insideB = rowB;
            long insideC = rowC;
            int x = left;
            while (x <= right && (insideA | insideB | insideC) < 0) {
                insideA += rightA;
                insideB += rightB;
                insideC += rightC;
                x++;
            }
            int pixel = y * width;
            for (; x <= right && (insideA | insideB | insideC) >= 0; x++) {
                float nearest = near + nearRight * (x - left);
                if (nearest > nearness[pixel + x]) {
                    nearness[pixel + x] = nearest;
                    if (lit) {
                        segments[pixel + x] = segment;
                        ambient[pixel + x] = around + aroundRight * (x - left);
                        sun[pixel + x] = sunny + sunnyRight * (x - left);
                    }
                }
                insideA += rightA;
                insideB += rightB;
                insideC += rightC;
            }
            rowA += downA;
            rowB += downB;
            rowC += downC;
            near += nearDown;
            around += aroundDown;
            sunny += sunnyDown;
        }
    }

    /// From -1 to 1 into pixels, in fixed-point numbers, so that triangles that share an edge share no pixel.
    private static long fixed(float clip, int size) {
        return (long) Math.floor((clip + 1.0) / 2 * size * ONE + 0.5);
    }

    /// At least 0 where a point is on the inner side of an edge; on the edge itself, where it is an upper or a left one.
    private static long edge(long ax, long ay, long bx, long by, long px, long py) {
        boolean topLeft = by < ay || by == ay && bx > ax;
        return (bx - ax) * (py - ay) - (by - ay) * (px - ax) - (topLeft ? 0 : 1);
    }
}
