package dev.limber.renderer.software;

import dev.limber.api.render.Camera;
import dev.limber.api.render.Color;
import dev.limber.api.render.Ground;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.PictureSpec.Kind;
import dev.limber.api.render.Scene;
import dev.limber.api.render.View;
import dev.limber.renderer.geometry.Lighting;
import dev.limber.renderer.geometry.OverlayTriangles;
import dev.limber.renderer.geometry.SceneGeometry;
import dev.limber.renderer.geometry.SunView;

/// Draws one copy at a time: first which part is where, then the colour of every pixel once. One thread at a time.
final class Canvas {

    private static final Ground NO_GROUND = Ground.checker(0, 1);
    private static final int SMOOTH = 2;
    private static final int LEAST_CELLS = 128;
    private static final int MOST_CELLS = 1024;

    private final Scene scene;
    private final PictureSpec spec;
    private final SceneGeometry geometry;
    private final int scale;
    private final int width;
    private final int height;
    private final Surface surface;
    private final Shadow shadow;
    private final PartDrawing drawing;
    private final SunView sunView;
    private final View view = new View();
    private final OverlayTriangles overlay = new OverlayTriangles();
    private final double[] body = new double[SceneGeometry.PLACEMENT];
    private final double[] placements;
    private final double[] sun;
    private final float[] colors;
    private final float[] highlightedColors;
    private final byte[] large;

    Canvas(Scene scene, PictureSpec spec, SceneGeometry geometry) {
        this.scene = scene;
        this.spec = spec;
        this.geometry = geometry;
        scale = spec.smooth() ? SMOOTH : 1;
        width = scale * spec.width();
        height = scale * spec.height();
        surface = Surface.picture(width, height);
        int cells = Math.clamp(Integer.highestOneBit(Math.max(spec.width(), spec.height())), LEAST_CELLS,
                MOST_CELLS);
        shadow = new Shadow(spec.shadows() ? cells : 1);
        int most = 3;
        for (int i = 0; i < geometry.parts(); i++) {
            most = Math.max(most, geometry.triangles(i).vertexCount());
        }
        drawing = new PartDrawing(most);
        sunView = new SunView(scene);
        placements = new double[SceneGeometry.PLACEMENT * geometry.parts()];
        double length = scene.sun().direction().length();
        sun = new double[] {scene.sun().direction().x() / length, scene.sun().direction().y() / length,
            scene.sun().direction().z() / length};
        colors = new float[3 * geometry.parts()];
        highlightedColors = new float[colors.length];
        for (int i = 0; i < geometry.parts(); i++) {
            Color color = scene.parts().get(i).color();
            double[] parts = {color.red(), color.green(), color.blue()};
            for (int k = 0; k < 3; k++) {
                colors[3 * i + k] = (float) (255 * parts[k]);
                highlightedColors[3 * i + k] = colors[3 * i + k]
                        + Lighting.HIGHLIGHT * (255 * Lighting.GLOW[k] - colors[3 * i + k]);
            }
        }
        large = new byte[scale > 1 ? 3 * width * height : 0];
    }

    /// Draws a copy.
    ///
    /// @param rgb receives the colours where they are asked for, [, height, width, 3]
    /// @param depths receives the distances where they are asked for, [, height, width]
    /// @param segments receives the parts where they are asked for, [, height, width]
    void draw(int copy, double[] poses, Camera camera, Overlay added, byte[] rgb, float[] depths, int[] segments) {
        int offset = copy * scene.poseSize();
        view.look(camera, poses, offset, (double) spec.width() / spec.height());
        geometry.place(poses, offset, body, placements);
        boolean colored = spec.kinds().contains(Kind.COLOR);
        if (spec.shadows() && colored) {
            castShadows();
        }
        surface.clear();
        float ambient = (float) scene.sun().ambient();
        for (int i = 0; i < geometry.parts(); i++) {
            drawing.see(geometry.triangles(i), placements, SceneGeometry.PLACEMENT * i, view, sun, ambient, i + 1,
                    surface);
        }
        byte[] target = scale > 1 ? large : rgb;
        int first = scale > 1 ? 0 : 3 * width * height * copy;
        color(target, first, colored, added.highlighted());
        read(copy, depths, segments);
        if (colored) {
            if (added.size() > 0) {
                lay(added, copy, target, first);
            }
            if (scale > 1) {
                average(rgb, 3 * spec.width() * spec.height() * copy);
            }
        }
    }

    private void read(int copy, float[] depths, int[] segments) {
        int to = spec.width() * spec.height() * copy;
        for (int row = 0; row < spec.height(); row++) {
            int from = scale * row * width;
            for (int column = 0; column < spec.width(); column++, to++) {
                if (depths.length > 0) {
                    depths[to] = distance(surface.nearness[from + scale * column]);
                }
                if (segments.length > 0) {
                    segments[to] = surface.segments[from + scale * column];
                }
            }
        }
    }

    private float distance(float nearness) {
        return nearness == 0
                ? (float) View.FAR
                : view.hasPerspective() ? 1 / nearness : (float) View.FAR * (1 - nearness);
    }

    private void castShadows() {
        shadow.map().clear();
        sunView.look(geometry, placements, shadow.cells());
        if (!sunView.seesAnything()) {
            return;
        }
        for (int i = 0; i < geometry.parts(); i++) {
            if (scene.parts().get(i).shadow()) {
                drawing.shade(geometry.triangles(i), placements, SceneGeometry.PLACEMENT * i, sunView.rows(),
                        shadow.map());
            }
        }
        shadow.slack(sunView.bias());
    }

    /// Finds the ground, and the colour of every pixel. The line of sight of a pixel is o + t d: with perspective all
    /// have the eye as their origin, without they have one direction.
    private void color(byte[] rgb, int first, boolean colored, int highlighted) {
        double[] v = view.view();
        double[] p = view.projection();
        double[] eye = view.eye();
        boolean perspective = view.hasPerspective();
        float bend = perspective ? 1 : 0;
        float shift = 1 - bend;
        // How the line of sight changes from column to column and from row to row.
        float columnX = (float) (2 * v[0] / (width * p[0]));
        float columnY = (float) (2 * v[4] / (width * p[0]));
        float columnZ = (float) (2 * v[8] / (width * p[0]));
        float rowX = (float) (-2 * v[1] / (height * p[5]));
        float rowY = (float) (-2 * v[5] / (height * p[5]));
        float rowZ = (float) (-2 * v[9] / (height * p[5]));
        float eyeX = (float) eye[0];
        float eyeY = (float) eye[1];
        float eyeZ = (float) eye[2];
        float aheadX = (float) -v[2];
        float aheadY = (float) -v[6];
        float aheadZ = (float) -v[10];

        boolean floor = scene.ground().isPresent();
        Ground ground = scene.ground().orElse(NO_GROUND);
        float level = (float) ground.height();
        float perCell = (float) (1 / ground.cell());
        float fade = (float) (Lighting.FADE * ground.cell());
        float fadeSquared = fade * fade;
        float ambient = (float) scene.sun().ambient();
        float groundAmbient = Lighting.everywhere(ambient, 1);
        float groundSun = Lighting.sun(ambient, (float) -sun[2]);
        int groundSegment = scene.groundSegment();
        boolean shadows = spec.shadows() && sunView.seesAnything();
        double[] l = sunView.rows();
        float u0 = (float) l[0];
        float u1 = (float) l[1];
        float u2 = (float) l[2];
        float u3 = (float) l[3];
        float v0 = (float) l[4];
        float v1 = (float) l[5];
        float v2 = (float) l[6];
        float v3 = (float) l[7];
        float z0 = (float) l[8];
        float z1 = (float) l[9];
        float z2 = (float) l[10];
        float z3 = (float) l[11];
        float lightRed = (float) (255 * ground.light().red());
        float lightGreen = (float) (255 * ground.light().green());
        float lightBlue = (float) (255 * ground.light().blue());
        float darkRed = (float) (255 * ground.dark().red());
        float darkGreen = (float) (255 * ground.dark().green());
        float darkBlue = (float) (255 * ground.dark().blue());
        float skyRed = (float) (255 * scene.sky().red());
        float skyGreen = (float) (255 * scene.sky().green());
        float skyBlue = (float) (255 * scene.sky().blue());
        float horizonRed = (float) (255 * scene.horizon().red());
        float horizonGreen = (float) (255 * scene.horizon().green());
        float horizonBlue = (float) (255 * scene.horizon().blue());

        for (int row = 0; row < height; row++) {
            float down = row + 0.5f - height * 0.5f;
            for (int column = 0; column < width; column++) {
                int pixel = row * width + column;
                float across = column + 0.5f - width * 0.5f;
                float sideX = across * columnX + down * rowX;
                float sideY = across * columnY + down * rowY;
                float sideZ = across * columnZ + down * rowZ;
                float dx = aheadX + bend * sideX;
                float dy = aheadY + bend * sideY;
                float dz = aheadZ + bend * sideZ;
                float ox = eyeX + shift * sideX;
                float oy = eyeY + shift * sideY;
                float oz = eyeZ + shift * sideZ;
                float near = surface.nearness[pixel];
                int segment = surface.segments[pixel];
                float distance = 0;
                if (floor && dz < 0 && oz > level) {
                    float t = (level - oz) / dz;
                    float nearGround = perspective ? 1 / t : (float) ((View.FAR - t) / View.FAR);
                    if (nearGround > near && t > View.NEAR && t < View.FAR) {
                        surface.nearness[pixel] = nearGround;
                        surface.segments[pixel] = groundSegment;
                        segment = groundSegment;
                        near = nearGround;
                        distance = t;
                    }
                }
                if (!colored) {
                    continue;
                }
                float red;
                float green;
                float blue;
                if (segment == 0) {
                    float up = dz / (float) Math.sqrt(dx * dx + dy * dy + dz * dz);
                    float high = Math.clamp(Lighting.SKY * up, 0f, 1f);
                    red = horizonRed + high * (skyRed - horizonRed);
                    green = horizonGreen + high * (skyGreen - horizonGreen);
                    blue = horizonBlue + high * (skyBlue - horizonBlue);
                } else {
                    boolean isGround = segment == groundSegment;
                    if (!isGround) {
                        distance = perspective ? 1 / near : (float) View.FAR * (1 - near);
                    }
                    float x = ox + distance * dx;
                    float y = oy + distance * dy;
                    float z = oz + distance * dz;
                    float lit = isGround ? groundAmbient : surface.ambient[pixel];
                    float sunny = isGround ? groundSun : surface.sun[pixel];
                    if (shadows && sunny > 0) {
                        sunny *= shadow.light(u0 * x + u1 * y + u2 * z + u3, v0 * x + v1 * y + v2 * z + v3,
                                z0 * x + z1 * y + z2 * z + z3);
                    }
                    lit += sunny;
                    if (isGround) {
                        float stretch = bend * distance;
                        float perX = dx / dz;
                        float perY = dy / dz;
                        float scaleTo = shift + stretch;
                        float wideX = scaleTo * perCell
                                * Math.max(Math.abs(columnX - perX * columnZ), Math.abs(rowX - perX * rowZ));
                        float wideY = scaleTo * perCell
                                * Math.max(Math.abs(columnY - perY * columnZ), Math.abs(rowY - perY * rowZ));
                        float light = 0.5f + 0.5f * square(x * perCell, wideX) * square(y * perCell, wideY);
                        float offX = x - eyeX;
                        float offY = y - eyeY;
                        float far = offX * offX + offY * offY;
                        float faded = far / (far + fadeSquared);
                        red = (darkRed + light * (lightRed - darkRed)) * lit;
                        green = (darkGreen + light * (lightGreen - darkGreen)) * lit;
                        blue = (darkBlue + light * (lightBlue - darkBlue)) * lit;
                        red += faded * (horizonRed - red);
                        green += faded * (horizonGreen - green);
                        blue += faded * (horizonBlue - blue);
                    } else {
                        int part = segment - 1;
                        float[] palette = highlighted >= 0 && geometry.body(part) == highlighted
                                ? highlightedColors
                                : colors;
                        red = palette[3 * part] * lit;
                        green = palette[3 * part + 1] * lit;
                        blue = palette[3 * part + 2] * lit;
                    }
                }
                int to = first + 3 * pixel;
                rgb[to] = (byte) Math.min(255, (int) (red + 0.5f));
                rgb[to + 1] = (byte) Math.min(255, (int) (green + 0.5f));
                rgb[to + 2] = (byte) Math.min(255, (int) (blue + 0.5f));
            }
        }
    }

    /// A wave of period 2 that is 1 over the first half and -1 over the second, averaged over a width.
    private static float square(float x, float wide) {
        float w = Math.max(wide, 1e-4f);
        return 2 * (triangle(x - 0.5f * w) - triangle(x + 0.5f * w)) / w;
    }

    private static float triangle(float x) {
        float half = x * 0.5f;
        return Math.abs(half - (float) Math.floor(half) - 0.5f);
    }

    private void lay(Overlay added, int copy, byte[] rgb, int first) {
        overlay.build(added, view, copy, spec.width(), spec.height());
        int base = scene.groundSegment() + 1;
        drawing.lay(overlay, base, view.hasPerspective(), surface);
        int[] palette = overlay.colors();
        for (int pixel = 0; pixel < width * height; pixel++) {
            int triangle = surface.segments[pixel] - base;
            if (triangle >= 0) {
                int color = palette[triangle];
                rgb[first + 3 * pixel] = (byte) (color >> 16);
                rgb[first + 3 * pixel + 1] = (byte) (color >> 8);
                rgb[first + 3 * pixel + 2] = (byte) color;
            }
        }
    }

    /// Brings the large picture to its size.
    private void average(byte[] rgb, int first) {
        for (int row = 0; row < spec.height(); row++) {
            for (int column = 0; column < spec.width(); column++) {
                int to = first + 3 * (row * spec.width() + column);
                int from = 3 * SMOOTH * (row * width + column);
                for (int k = 0; k < 3; k++) {
                    int sum = (large[from + k] & 0xFF) + (large[from + 3 + k] & 0xFF)
                            + (large[from + 3 * width + k] & 0xFF) + (large[from + 3 * width + 3 + k] & 0xFF);
                    rgb[to + k] = (byte) (sum + 2 >> 2);
                }
            }
        }
    }
}
