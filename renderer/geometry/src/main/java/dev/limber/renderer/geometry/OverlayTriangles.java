package dev.limber.renderer.geometry;

import dev.limber.api.render.Color;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.View;
import java.util.Arrays;

/// An overlay as triangles in clip coordinates. Allocates only while it grows.
public final class OverlayTriangles {

    /// Numbers per corner: clip x, y, z, w and distance along the line of sight.
    public static final int CORNER = 5;
    /// Numbers per triangle.
    public static final int TRIANGLE = 3 * CORNER;

    private static final int DOT_SIDES = 10;
    private static final double[] DOT = dot();
    private static final double PEN = 0.16;
    private static final double HEAD_LENGTH = 4;
    private static final double HEAD_WIDTH = 2;
    /// What is on top stands as near as it can, so that the depth test lets it through.
    private static final double FRONT = -0.9999;

    private float[] corners = new float[TRIANGLE * 64];
    private int[] colors = new int[64];
    private boolean[] onTops = new boolean[64];
    private int count;
    private int cornersOfTriangle;

    private final double[] from = new double[CORNER];
    private final double[] to = new double[CORNER];
    private View view;
    private double pixelX;
    private double pixelY;
    private int color;
    private boolean onTop;

    private static double[] dot() {
        double[] ring = new double[2 * DOT_SIDES + 2];
        for (int i = 0; i <= DOT_SIDES; i++) {
            double angle = 2 * Math.PI * (i % DOT_SIDES) / DOT_SIDES;
            ring[2 * i] = StrictMath.cos(angle);
            ring[2 * i + 1] = StrictMath.sin(angle);
        }
        return ring;
    }

    /// Turns an overlay into triangles, for one copy.
    ///
    /// @param width of the picture [pixels]
    /// @param height of the picture [pixels]
    public void build(Overlay overlay, View seen, int copy, int width, int height) {
        count = 0;
        view = seen;
        pixelX = 2.0 / width;
        pixelY = 2.0 / height;
        for (int item = 0; item < overlay.size(); item++) {
            if (!overlay.isFor(item, copy)) {
                continue;
            }
            color = rgb(overlay.color(item));
            onTop = overlay.isOnTop(item);
            clip(overlay, item, 0, from);
            clip(overlay, item, 3, to);
            double extent = overlay.extent(item);
            switch (overlay.kind(item)) {
                case LINE -> line(extent, false);
                case ARROW -> line(extent, true);
                case POINT -> point(extent / 2);
                case TEXT -> text(overlay.text(item), extent);
            }
        }
    }

    /// A colour as 0xRRGGBB.
    public static int rgb(Color color) {
        return (int) Math.rint(color.red() * 255) << 16 | (int) Math.rint(color.green() * 255) << 8
                | (int) Math.rint(color.blue() * 255);
    }

    private void clip(Overlay overlay, int item, int first, double[] target) {
        double x = overlay.point(item, first);
        double y = overlay.point(item, first + 1);
        double z = overlay.point(item, first + 2);
        double[] v = view.view();
        double[] p = view.projection();
        double ex = v[0] * x + v[4] * y + v[8] * z + v[12];
        double ey = v[1] * x + v[5] * y + v[9] * z + v[13];
        double ez = v[2] * x + v[6] * y + v[10] * z + v[14];
        target[0] = p[0] * ex;
        target[1] = p[5] * ey;
        target[2] = p[10] * ez + p[14];
        target[3] = p[11] * ez + p[15];
        target[4] = -ez;
    }

    private void line(double width, boolean arrow) {
        if (from[4] < View.NEAR && to[4] < View.NEAR) {
            return;
        }
        boolean headSeen = to[4] >= View.NEAR;
        if (from[4] < View.NEAR) {
            cut(from, to);
        } else if (to[4] < View.NEAR) {
            cut(to, from);
        }
        double dx = (to[0] / to[3] - from[0] / from[3]) / pixelX;
        double dy = (to[1] / to[3] - from[1] / from[3]) / pixelY;
        double length = Math.sqrt(dx * dx + dy * dy);
        double ux = length == 0 ? 1 : dx / length;
        double uy = length == 0 ? 0 : dy / length;
        double end = 0;
        if (arrow && headSeen) {
            end = Math.min(HEAD_LENGTH * width, length);
            double side = HEAD_WIDTH * width;
            corner(to, 0, 0);
            corner(to, -end * ux - side * uy, -end * uy + side * ux);
            corner(to, -end * ux + side * uy, -end * uy - side * ux);
            finish();
        }
        double h = width / 2;
        corner(from, -h * uy, h * ux);
        corner(from, h * uy, -h * ux);
        corner(to, -end * ux + h * uy, -end * uy - h * ux);
        finish();
        corner(from, -h * uy, h * ux);
        corner(to, -end * ux + h * uy, -end * uy - h * ux);
        corner(to, -end * ux - h * uy, -end * uy + h * ux);
        finish();
    }

    /// Moves an end that is too near along its line to where it is seen.
    private static void cut(double[] near, double[] other) {
        double t = (View.NEAR - near[4]) / (other[4] - near[4]);
        for (int k = 0; k < CORNER; k++) {
            near[k] += t * (other[k] - near[k]);
        }
    }

    private void point(double radius) {
        if (from[4] < View.NEAR) {
            return;
        }
        for (int i = 0; i < DOT_SIDES; i++) {
            corner(from, 0, 0);
            corner(from, radius * DOT[2 * i], radius * DOT[2 * i + 1]);
            corner(from, radius * DOT[2 * i + 2], radius * DOT[2 * i + 3]);
            finish();
        }
    }

    private void text(String text, double height) {
        if (from[4] < View.NEAR) {
            return;
        }
        double scale = height / StrokeFont.CAPITAL;
        double pen = height * PEN / 2;
        for (int i = 0; i < text.length(); i++) {
            byte[] strokes = StrokeFont.strokes(text.charAt(i));
            double left = scale * StrokeFont.ADVANCE * i;
            for (int s = 0; s < strokes.length; s += 4) {
                double x1 = left + scale * strokes[s];
                double y1 = scale * strokes[s + 1];
                double x2 = left + scale * strokes[s + 2];
                double y2 = scale * strokes[s + 3];
                double length = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
                double ux = length == 0 ? pen : pen * (x2 - x1) / length;
                double uy = length == 0 ? 0 : pen * (y2 - y1) / length;
                corner(from, x1 - ux + uy, y1 - uy - ux);
                corner(from, x2 + ux + uy, y2 + uy - ux);
                corner(from, x2 + ux - uy, y2 + uy + ux);
                finish();
                corner(from, x1 - ux + uy, y1 - uy - ux);
                corner(from, x2 + ux - uy, y2 + uy + ux);
                corner(from, x1 - ux - uy, y1 - uy + ux);
                finish();
            }
        }
    }

    /// Adds a corner at so many pixels right of and above a point.
    private void corner(double[] point, double right, double up) {
        if (TRIANGLE * (count + 1) > corners.length) {
            corners = Arrays.copyOf(corners, 2 * corners.length);
            colors = Arrays.copyOf(colors, 2 * colors.length);
            onTops = Arrays.copyOf(onTops, 2 * onTops.length);
        }
        int at = TRIANGLE * count + CORNER * cornersOfTriangle++;
        double w = point[3];
        corners[at] = (float) (point[0] + right * pixelX * w);
        corners[at + 1] = (float) (point[1] + up * pixelY * w);
        corners[at + 2] = (float) (onTop ? FRONT * w : point[2]);
        corners[at + 3] = (float) w;
        corners[at + 4] = (float) point[4];
    }

    private void finish() {
        onTops[count] = onTop;
        colors[count++] = color;
        cornersOfTriangle = 0;
    }

    /// The number of triangles.
    public int count() {
        return count;
    }

    /// Corners of the triangles [triangles, 3, 5], more space than is used. Read only.
    public float[] corners() {
        return corners;
    }

    /// True where a triangle shows through what stands before it.
    public boolean isOnTop(int triangle) {
        return onTops[triangle];
    }

    /// Colours of the triangles as 0xRRGGBB [triangles], more space than is used. Read only.
    public int[] colors() {
        return colors;
    }
}
