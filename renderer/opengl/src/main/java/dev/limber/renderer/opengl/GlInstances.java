package dev.limber.renderer.opengl;

import dev.limber.api.render.Ground;
import dev.limber.api.render.Scene;
import dev.limber.api.render.View;
import dev.limber.renderer.geometry.SceneGeometry;
import dev.limber.renderer.geometry.SunView;
import java.nio.FloatBuffer;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL15C;
import org.lwjgl.opengl.GL20C;
import org.lwjgl.opengl.GL33C;
import org.lwjgl.system.MemoryUtil;

/// What differs from copy to copy, for every part: the way to the picture and to the shadow map, where light comes from,
/// and the tiles. After the parts come the ground, that part of it on which shadows may lie, and the sky.
/// Part-major [parts + 3, n, 44].
final class GlInstances implements AutoCloseable {

    /// What comes after the parts.
    static final int GROUND = 0;
    /// See [#GROUND].
    static final int SHADED_GROUND = 1;
    /// See [#GROUND].
    static final int SKY = 2;
    /// How many come after the parts.
    static final int SQUARES = 3;

    private static final int ROWS = 0;
    private static final int TILE = 16;
    private static final int UPWARD = 20;
    private static final int SUNWARD = 24;
    private static final int MAP = 28;
    private static final int MAP_TILE = 40;
    private static final int SIZE = 44;
    /// Where the shaders' inputs of an instance begin; each has four numbers.
    private static final int FIRST_INPUT = 2;
    /// Half of the extent of the ground [m]: what is farther has faded.
    private static final double FARTHEST = 2 * View.FAR;
    /// Cells of the shadow map around what casts shadows, which filters mix with it.
    private static final double MARGIN = 3;
    /// The sun is so low that its map and the ground have little in common.
    private static final double GRAZING = 1e-3;

    private final int copies;
    private final FloatBuffer numbers;
    private final float[] instance = new float[SIZE];
    private final double[] clip = new double[16];
    private final double[] groundPlacement = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
    private final double[] cast = new double[4];
    private final float[] tile = new float[4];
    private final float[] mapTile = new float[4];
    private final double[] mapRows = new double[SceneGeometry.PLACEMENT];
    private float slack;
    private final int buffer;

    GlInstances(int parts, int copies) {
        this.copies = copies;
        numbers = MemoryUtil.memCallocFloat(Math.multiplyExact((parts + SQUARES) * SIZE, copies));
        buffer = GL15C.glGenBuffers();
    }

    void setTile(int copy, Atlas atlas) {
        set(tile, copy, atlas);
    }

    private static void set(float[] tile, int copy, Atlas atlas) {
        tile[0] = atlas.scaleX();
        tile[1] = atlas.scaleY();
        tile[2] = atlas.middleX(copy);
        tile[3] = atlas.middleY(copy);
    }

    /// Says what the sun sees of the copy whose parts are set next.
    void setSun(int copy, SunView sun, Atlas atlas) {
        set(mapTile, copy, atlas);
        System.arraycopy(sun.rows(), 0, mapRows, 0, mapRows.length);
        slack = (float) sun.bias();
        double margin = 2 * MARGIN / atlas.width();
        for (int k = 0; k < cast.length; k++) {
            cast[k] = Math.clamp(sun.cast()[k] + (k % 2 == 0 ? -margin : margin), -1, 1);
        }
        mapRows[11] -= sun.bias();
    }

    /// Says where everything is in a copy.
    ///
    /// @param highlighted a body that is shown brighter, or -1
    void setParts(int copy, Scene scene, SceneGeometry geometry, double[] placements, View view, int highlighted) {
        multiply(view);
        var rays = scene.sun().direction();
        double length = rays.length();
        double x = -rays.x() / length;
        double y = -rays.y() / length;
        double z = -rays.z() / length;
        for (int i = 0; i < geometry.parts(); i++) {
            int at = SceneGeometry.PLACEMENT * i;
            transform(placements, at);
            for (int k = 0; k < 3; k++) {
                instance[UPWARD + k] = (float) placements[at + 8 + k];
                instance[SUNWARD + k] = (float) (x * placements[at + k] + y * placements[at + 4 + k]
                        + z * placements[at + 8 + k]);
            }
            instance[UPWARD + 3] = slack;
            instance[SUNWARD + 3] = highlighted >= 0 && geometry.body(i) == highlighted ? 1 : 0;
            put(i, copy);
        }
        if (scene.ground().isPresent()) {
            setGround(scene.ground().get(), view, FARTHEST, 0, 0, FARTHEST, view.eye()[0], view.eye()[1]);
            put(geometry.parts() + GROUND, copy);
            setShadedGround(scene.ground().get(), view);
            put(geometry.parts() + SHADED_GROUND, copy);
        }
        setSky(view);
        put(geometry.parts() + SKY, copy);
    }

    /// A parallelogram of ground: half of its edges a and b, and its middle.
    private void setGround(Ground ground, View view, double ax, double ay, double bx, double by, double x, double y) {
        groundPlacement[0] = ax;
        groundPlacement[1] = bx;
        groundPlacement[3] = x;
        groundPlacement[4] = ay;
        groundPlacement[5] = by;
        groundPlacement[7] = y;
        groundPlacement[11] = ground.height();
        transform(groundPlacement, 0);
        // The pattern repeats after two squares; small numbers keep it sharp far from the origin.
        double period = 2 * ground.cell();
        double eyeX = view.eye()[0];
        double eyeY = view.eye()[1];
        instance[UPWARD] = (float) (eyeX - Math.floor(eyeX / period) * period);
        instance[UPWARD + 1] = (float) (eyeY - Math.floor(eyeY / period) * period);
        instance[UPWARD + 2] = (float) (x - eyeX);
        instance[UPWARD + 3] = (float) (y - eyeY);
        instance[SUNWARD] = (float) ax;
        instance[SUNWARD + 1] = (float) ay;
        instance[SUNWARD + 2] = (float) bx;
        instance[SUNWARD + 3] = (float) by;
    }

    /// The ground below that part of the shadow map in which anything is: all other ground is lit, and need not look.
    private void setShadedGround(Ground ground, View view) {
        double[] m = mapRows;
        double determinant = m[0] * m[5] - m[1] * m[4];
        if (Math.abs(determinant) < GRAZING * (m[0] * m[0] + m[1] * m[1] + m[4] * m[4] + m[5] * m[5])) {
            setGround(ground, view, FARTHEST, 0, 0, FARTHEST, view.eye()[0], view.eye()[1]);
            return;
        }
        double u = (cast[0] + cast[1]) / 2 - m[3] - m[2] * ground.height();
        double v = (cast[2] + cast[3]) / 2 - m[7] - m[6] * ground.height();
        double halfU = (cast[1] - cast[0]) / 2;
        double halfV = (cast[3] - cast[2]) / 2;
        setGround(ground, view, m[5] * halfU / determinant, -m[4] * halfU / determinant, -m[1] * halfV / determinant,
                m[0] * halfV / determinant, (m[5] * u - m[1] * v) / determinant,
                (m[0] * v - m[4] * u) / determinant);
    }

    private void setSky(View view) {
        double[] v = view.view();
        double[] p = view.projection();
        double bend = view.hasPerspective() ? 1 : 0;
        for (int k = 0; k < 3; k++) {
            instance[k] = (float) -v[4 * k + 2];
            instance[4 + k] = (float) (bend * v[4 * k] / p[0]);
            instance[8 + k] = (float) (-bend * v[4 * k + 1] / p[5]);
        }
    }

    /// From the world to clip coordinates whose y goes down, row-major.
    private void multiply(View view) {
        double[] v = view.view();
        double[] p = view.projection();
        for (int column = 0; column < 4; column++) {
            clip[column] = p[0] * v[4 * column];
            clip[4 + column] = -p[5] * v[4 * column + 1];
            clip[8 + column] = p[10] * v[4 * column + 2] + (column == 3 ? p[14] : 0);
            clip[12 + column] = p[11] * v[4 * column + 2] + (column == 3 ? p[15] : 0);
        }
    }

    private void transform(double[] placements, int at) {
        for (int row = 0; row < 4; row++) {
            product(clip, 4 * row, placements, at, ROWS + 4 * row);
        }
        for (int row = 0; row < 3; row++) {
            product(mapRows, 4 * row, placements, at, MAP + 4 * row);
        }
    }

    private void product(double[] rows, int row, double[] placements, int at, int to) {
        for (int column = 0; column < 4; column++) {
            instance[to + column] = (float) (rows[row] * placements[at + column]
                    + rows[row + 1] * placements[at + 4 + column] + rows[row + 2] * placements[at + 8 + column]
                    + (column == 3 ? rows[row + 3] : 0));
        }
    }

    private void put(int subject, int copy) {
        System.arraycopy(tile, 0, instance, TILE, 4);
        System.arraycopy(mapTile, 0, instance, MAP_TILE, 4);
        numbers.put(SIZE * (subject * copies + copy), instance);
    }

    void upload() {
        GL15C.glBindBuffer(GL15C.GL_ARRAY_BUFFER, buffer);
        GL15C.glBufferData(GL15C.GL_ARRAY_BUFFER, numbers, GL15C.GL_STREAM_DRAW);
    }

    /// Lets the vertex array that is bound read the instances of a subject.
    void attach(int subject) {
        GL15C.glBindBuffer(GL15C.GL_ARRAY_BUFFER, buffer);
        for (int k = 0; k < SIZE / 4; k++) {
            int input = FIRST_INPUT + k;
            GL20C.glEnableVertexAttribArray(input);
            GL20C.glVertexAttribPointer(input, 4, GL11C.GL_FLOAT, false, SIZE * Float.BYTES,
                    (long) Float.BYTES * (SIZE * subject * copies + 4 * k));
            GL33C.glVertexAttribDivisor(input, 1);
        }
    }

    void free() {
        MemoryUtil.memFree(numbers);
    }

    @Override
    public void close() {
        GL15C.glDeleteBuffers(buffer);
        free();
    }
}
