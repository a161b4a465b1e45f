package dev.limber.renderer.opengl;

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
import java.nio.ByteBuffer;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL15C;
import org.lwjgl.opengl.GL30C;

/// All that the device holds to draw one scene for n copies, and the way it does it. Everything but [#free] is called on
/// the renderer's thread.
final class GlFrame {

    private static final int SMOOTH = 2;
    private static final float[] FARTHEST = {(float) View.FAR, 0, 0, 0};
    private static final float[] CLEAR = {0, 0, 0, 1};
    private static final int[] NOTHING = {0, 0, 0, 0};

    private final Scene scene;
    private final PictureSpec spec;
    private final GlPrograms programs;
    private final SceneGeometry geometry;
    private final SunView sunView;
    private final View view = new View();
    private final OverlayTriangles overlay = new OverlayTriangles();
    private final double[] body = new double[SceneGeometry.PLACEMENT];
    private final double[] placements;
    private final float[] colors;
    private final boolean colored;
    private final boolean depth;
    private final boolean segments;
    private final boolean shadows;

    private Atlas atlas;
    private Atlas large;
    private GlTarget target;
    private GlTarget drawn;
    private GlShadowMaps maps;
    private GlMeshes meshes;
    private GlInstances instances;
    private GlOverlay lines;
    private GlReadback colorReadback;
    private GlReadback depthReadback;
    private GlReadback segmentReadback;

    GlFrame(Scene scene, PictureSpec spec, GlPrograms programs) {
        this.scene = scene;
        this.spec = spec;
        this.programs = programs;
        geometry = new SceneGeometry(scene, spec.height());
        sunView = new SunView(scene);
        placements = new double[SceneGeometry.PLACEMENT * geometry.parts()];
        colors = new float[3 * geometry.parts()];
        for (int i = 0; i < geometry.parts(); i++) {
            System.arraycopy(rgb(scene.parts().get(i).color()), 0, colors, 3 * i, 3);
        }
        colored = spec.kinds().contains(Kind.COLOR);
        depth = spec.kinds().contains(Kind.DEPTH);
        segments = spec.kinds().contains(Kind.SEGMENTATION);
        shadows = spec.shadows() && colored && scene.parts().stream().anyMatch(part -> part.shadow());
    }

    private static float[] rgb(Color color) {
        return new float[] {(float) color.red(), (float) color.green(), (float) color.blue()};
    }

    /// Takes what it needs from the device.
    ///
    /// @throws dev.limber.api.plugin.UsageException where there is not so much of it
    void open() {
        int most = Math.min(GL11C.glGetInteger(GL11C.GL_MAX_TEXTURE_SIZE),
                GL11C.glGetInteger(GL30C.GL_MAX_RENDERBUFFER_SIZE));
        int scale = spec.smooth() ? SMOOTH : 1;
        large = Atlas.of(scale * spec.width(), scale * spec.height(), spec.copies(), most);
        atlas = new Atlas(spec.width(), spec.height(), spec.copies(), large.columns(), large.rows());
        target = new GlTarget(atlas.atlasWidth(), atlas.atlasHeight(), spec.kinds());
        drawn = scale == 1 ? target : new GlTarget(large.atlasWidth(), large.atlasHeight(), spec.kinds());
        if (shadows) {
            maps = new GlShadowMaps(Math.max(spec.width(), spec.height()), spec.copies(), most);
        }
        instances = new GlInstances(geometry.parts(), spec.copies());
        meshes = new GlMeshes(geometry, instances);
        lines = new GlOverlay();
        long pixels = (long) spec.copies() * spec.width() * spec.height();
        if (colored) {
            colorReadback = new GlReadback(GlTarget.COLORS, GL11C.GL_RGB, GL11C.GL_UNSIGNED_BYTE, 3, pixels);
        }
        if (depth) {
            depthReadback = new GlReadback(GlTarget.DISTANCES, GL11C.GL_RED, GL11C.GL_FLOAT, Float.BYTES, pixels);
        }
        if (segments) {
            segmentReadback = new GlReadback(GlTarget.PARTS, GL30C.GL_RED_INTEGER, GL11C.GL_UNSIGNED_INT, Integer.BYTES,
                    pixels);
        }
    }

    /// Draws all copies and begins to read them back.
    void draw(double[] poses, Camera camera, Overlay added) {
        boolean overlaid = colored && added.size() > 0;
        lines.clear();
        for (int copy = 0; copy < spec.copies(); copy++) {
            int offset = copy * scene.poseSize();
            view.look(camera, poses, offset, (double) spec.width() / spec.height());
            geometry.place(poses, offset, body, placements);
            instances.setTile(copy, atlas);
            if (shadows) {
                sunView.look(geometry, placements, maps.cells());
                instances.setSun(copy, sunView, maps.atlas());
            }
            instances.setParts(copy, scene, geometry, placements, view, added.highlighted());
            if (overlaid) {
                overlay.build(added, view, copy, spec.width(), spec.height());
                lines.add(overlay, copy, atlas);
            }
        }
        instances.upload();
        GL11C.glEnable(GL11C.GL_DEPTH_TEST);
        GL11C.glDepthFunc(GL11C.GL_LEQUAL);
        GL11C.glDisable(GL11C.GL_CULL_FACE);
        GL11C.glDisable(GL11C.GL_DITHER);
        if (shadows) {
            drawShadows();
        }
        drawScene();
        if (overlaid) {
            use(GlPrograms.Subject.OVERLAY, false);
            lines.draw();
        }
        if (spec.copies() > 1) {
            clipTiles(false);
        }
        masks(true);
        read();
        GL11C.glFlush();
    }

    private void drawShadows() {
        maps.begin();
        program(new GlPrograms.Variant(GlPrograms.Subject.SHADOW, false, false, false, false));
        for (int i = 0; i < geometry.parts(); i++) {
            if (scene.parts().get(i).shadow()) {
                meshes.draw(i, spec.copies());
            }
        }
    }

    private void drawScene() {
        GL30C.glBindFramebuffer(GL30C.GL_FRAMEBUFFER, drawn.frame());
        GL11C.glViewport(0, 0, large.atlasWidth(), large.atlasHeight());
        masks(true);
        GL30C.glClearBufferfv(GL11C.GL_COLOR, GlTarget.COLORS, CLEAR);
        if (depth) {
            GL30C.glClearBufferfv(GL11C.GL_COLOR, GlTarget.DISTANCES, FARTHEST);
        }
        if (segments) {
            GL30C.glClearBufferuiv(GL11C.GL_COLOR, GlTarget.PARTS, NOTHING);
        }
        GL11C.glClear(GL11C.GL_DEPTH_BUFFER_BIT);
        if (spec.copies() > 1) {
            clipTiles(true);
        }
        if (shadows) {
            maps.bind();
        }
        // Rows go down, so that what is counter-clockwise in the scene is clockwise here.
        GL11C.glFrontFace(GL11C.GL_CW);
        GlProgram program = use(GlPrograms.Subject.PART, shadows);
        for (int i = 0; i < geometry.parts(); i++) {
            program.setColor(colors, 3 * i);
            program.setPart(i + 1);
            if (geometry.triangles(i).closed()) {
                GL11C.glEnable(GL11C.GL_CULL_FACE);
            } else {
                GL11C.glDisable(GL11C.GL_CULL_FACE);
            }
            meshes.draw(i, spec.copies());
        }
        GL11C.glDisable(GL11C.GL_CULL_FACE);
        if (scene.ground().isPresent()) {
            if (shadows) {
                drawGround(scene.ground().get(), true, GlInstances.SHADED_GROUND);
                // The rest of it, which reaches below what has been drawn.
                GL11C.glEnable(GL11C.GL_POLYGON_OFFSET_FILL);
                GL11C.glPolygonOffset(1, 1);
            }
            drawGround(scene.ground().get(), false, GlInstances.GROUND);
            GL11C.glDisable(GL11C.GL_POLYGON_OFFSET_FILL);
        }
        masks(false);
        if (colored) {
            program = use(GlPrograms.Subject.SKY, false);
            program.setHorizon(rgb(scene.horizon()));
            program.setColor(rgb(scene.sky()), 0);
            meshes.draw(geometry.parts() + GlInstances.SKY, spec.copies());
        }
    }

    private void drawGround(Ground ground, boolean shaded, int square) {
        GlProgram program = use(GlPrograms.Subject.GROUND, shaded);
        float fade = (float) (Lighting.FADE * ground.cell());
        var rays = scene.sun().direction();
        program.setGround(rgb(ground.dark()), (float) (1 / ground.cell()), fade * fade,
                (float) (-rays.z() / rays.length()));
        program.setHorizon(rgb(scene.horizon()));
        program.setColor(rgb(ground.light()), 0);
        program.setPart(scene.groundSegment());
        meshes.draw(geometry.parts() + square, spec.copies());
    }

    private GlProgram use(GlPrograms.Subject subject, boolean shaded) {
        boolean surfaces = subject == GlPrograms.Subject.PART || subject == GlPrograms.Subject.GROUND;
        return program(new GlPrograms.Variant(subject, spec.copies() > 1, shaded, depth && surfaces,
                segments && surfaces));
    }

    private GlProgram program(GlPrograms.Variant variant) {
        GlProgram program = programs.of(variant);
        program.use();
        program.setFrame((float) scene.sun().ambient(), view.projection(),
                shadows ? 1f / maps.atlas().atlasWidth() : 0, shadows ? 1f / maps.atlas().atlasHeight() : 0);
        return program;
    }

    /// Whether distances and parts are written.
    private static void masks(boolean all) {
        GL30C.glColorMaski(GlTarget.DISTANCES, all, all, all, all);
        GL30C.glColorMaski(GlTarget.PARTS, all, all, all, all);
    }

    private static void clipTiles(boolean on) {
        for (int i = 0; i < 4; i++) {
            if (on) {
                GL11C.glEnable(GL30C.GL_CLIP_DISTANCE0 + i);
            } else {
                GL11C.glDisable(GL30C.GL_CLIP_DISTANCE0 + i);
            }
        }
    }

    private void read() {
        if (drawn != target) {
            GL30C.glBindFramebuffer(GL30C.GL_READ_FRAMEBUFFER, drawn.frame());
            GL30C.glBindFramebuffer(GL30C.GL_DRAW_FRAMEBUFFER, target.frame());
            shrink(GlTarget.COLORS, colored, GL11C.GL_LINEAR);
            shrink(GlTarget.DISTANCES, depth, GL11C.GL_NEAREST);
            shrink(GlTarget.PARTS, segments, GL11C.GL_NEAREST);
        }
        GL30C.glBindFramebuffer(GL30C.GL_READ_FRAMEBUFFER, target.frame());
        GL11C.glPixelStorei(GL11C.GL_PACK_ALIGNMENT, 1);
        if (colored) {
            colorReadback.begin(atlas);
        }
        if (depth) {
            depthReadback.begin(atlas);
        }
        if (segments) {
            segmentReadback.begin(atlas);
        }
    }

    private void shrink(int attachment, boolean asked, int filter) {
        if (asked) {
            GL11C.glReadBuffer(GL30C.GL_COLOR_ATTACHMENT0 + attachment);
            GL11C.glDrawBuffer(GL30C.GL_COLOR_ATTACHMENT0 + attachment);
            GL30C.glBlitFramebuffer(0, 0, large.atlasWidth(), large.atlasHeight(), 0, 0, atlas.atlasWidth(),
                    atlas.atlasHeight(), GL11C.GL_COLOR_BUFFER_BIT, filter);
        }
    }

    void readColors(byte[] rgb) {
        colorReadback.fetch().get(0, rgb);
    }

    void readGreys(byte[] grey) {
        ByteBuffer rgb = colorReadback.fetch();
        for (int i = 0; i < grey.length; i++) {
            // 0.299, 0.587 and 0.114 in parts of 2^16
            int sum = 19595 * (rgb.get(3 * i) & 0xFF) + 38470 * (rgb.get(3 * i + 1) & 0xFF)
                    + 7471 * (rgb.get(3 * i + 2) & 0xFF);
            grey[i] = (byte) (sum + 0x8000 >> 16);
        }
    }

    void readDepths(float[] metres) {
        depthReadback.fetch().asFloatBuffer().get(0, metres);
    }

    void readSegments(int[] parts) {
        segmentReadback.fetch().asIntBuffer().get(0, parts);
    }

    /// Gives everything back to the device.
    void close() {
        for (AutoCloseable resource : new AutoCloseable[] {target, drawn == target ? null : drawn, maps, meshes,
            instances, lines, colorReadback, depthReadback, segmentReadback}) {
            if (resource != null) {
                try {
                    resource.close();
                } catch (Exception impossible) {
                    throw new AssertionError(impossible);
                }
            }
        }
    }

    /// Frees what is not the device's, where the context has gone with all the rest.
    void free() {
        for (GlReadback readback : new GlReadback[] {colorReadback, depthReadback, segmentReadback}) {
            if (readback != null) {
                readback.free();
            }
        }
        if (instances != null) {
            instances.free();
        }
        if (lines != null) {
            lines.free();
        }
    }
}
