package dev.limber.renderer.opengl;

import dev.limber.renderer.geometry.OverlayTriangles;
import java.nio.FloatBuffer;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL15C;
import org.lwjgl.opengl.GL20C;
import org.lwjgl.opengl.GL30C;
import org.lwjgl.system.MemoryUtil;

/// The overlays of all copies.
final class GlOverlay implements AutoCloseable {

    /// Place, tile, colour.
    private static final int[] INPUTS = {4, 4, 3};
    private static final int SIZE = 11;

    private FloatBuffer numbers = MemoryUtil.memAllocFloat(3 * 64 * SIZE);
    private final int array;
    private final int buffer;

    GlOverlay() {
        array = GL30C.glGenVertexArrays();
        buffer = GL15C.glGenBuffers();
        GL30C.glBindVertexArray(array);
        GL15C.glBindBuffer(GL15C.GL_ARRAY_BUFFER, buffer);
        int at = 0;
        for (int input = 0; input < INPUTS.length; input++) {
            GL20C.glEnableVertexAttribArray(input);
            GL20C.glVertexAttribPointer(input, INPUTS[input], GL11C.GL_FLOAT, false, SIZE * Float.BYTES,
                    (long) at * Float.BYTES);
            at += INPUTS[input];
        }
        GL30C.glBindVertexArray(0);
    }

    void clear() {
        numbers.clear();
    }

    /// Adds what a copy shows.
    void add(OverlayTriangles triangles, int copy, Atlas atlas) {
        int needed = numbers.position() + 3 * SIZE * triangles.count();
        if (needed > numbers.capacity()) {
            numbers = MemoryUtil.memRealloc(numbers, Math.max(needed, 2 * numbers.capacity()));
            numbers.limit(numbers.capacity());
        }
        float[] corners = triangles.corners();
        for (int i = 0; i < 3 * triangles.count(); i++) {
            int at = OverlayTriangles.CORNER * i;
            int color = triangles.colors()[i / 3];
            numbers.put(corners[at]).put(-corners[at + 1]).put(corners[at + 2]).put(corners[at + 3]);
            numbers.put(atlas.scaleX()).put(atlas.scaleY()).put(atlas.middleX(copy)).put(atlas.middleY(copy));
            numbers.put((color >> 16 & 0xFF) / 255f).put((color >> 8 & 0xFF) / 255f).put((color & 0xFF) / 255f);
        }
    }

    void draw() {
        int count = numbers.position() / SIZE;
        numbers.flip();
        GL30C.glBindVertexArray(array);
        GL15C.glBindBuffer(GL15C.GL_ARRAY_BUFFER, buffer);
        GL15C.glBufferData(GL15C.GL_ARRAY_BUFFER, numbers, GL15C.GL_STREAM_DRAW);
        GL11C.glDrawArrays(GL11C.GL_TRIANGLES, 0, count);
    }

    void free() {
        MemoryUtil.memFree(numbers);
    }

    @Override
    public void close() {
        GL30C.glDeleteVertexArrays(array);
        GL15C.glDeleteBuffers(buffer);
        free();
    }
}
