package dev.limber.renderer.opengl;

import dev.limber.renderer.geometry.SceneGeometry;
import dev.limber.renderer.geometry.Triangles;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL15C;
import org.lwjgl.opengl.GL20C;
import org.lwjgl.opengl.GL30C;
import org.lwjgl.opengl.GL31C;

/// The triangles of the parts, and of a square for all that [GlInstances] has after them.
final class GlMeshes implements AutoCloseable {

    private static final float[] SQUARE = {-1, -1, 0, 0, 0, 1, 1, -1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, -1, 1, 0, 0, 0, 1};
    private static final int[] SQUARE_INDICES = {0, 1, 2, 0, 2, 3};

    private final int[] arrays;
    private final int[] vertices;
    private final int[] indices;
    private final int[] counts;

    GlMeshes(SceneGeometry geometry, GlInstances instances) {
        int subjects = geometry.parts() + GlInstances.SQUARES;
        arrays = new int[subjects];
        vertices = new int[subjects];
        indices = new int[subjects];
        counts = new int[subjects];
        for (int i = 0; i < subjects; i++) {
            boolean part = i < geometry.parts();
            float[] corners = part ? geometry.triangles(i).vertices() : SQUARE;
            int[] order = part ? geometry.triangles(i).indices() : SQUARE_INDICES;
            counts[i] = order.length;
            arrays[i] = GL30C.glGenVertexArrays();
            vertices[i] = GL15C.glGenBuffers();
            indices[i] = GL15C.glGenBuffers();
            GL30C.glBindVertexArray(arrays[i]);
            GL15C.glBindBuffer(GL15C.GL_ARRAY_BUFFER, vertices[i]);
            GL15C.glBufferData(GL15C.GL_ARRAY_BUFFER, corners, GL15C.GL_STATIC_DRAW);
            for (int input = 0; input < 2; input++) {
                GL20C.glEnableVertexAttribArray(input);
                GL20C.glVertexAttribPointer(input, 3, GL11C.GL_FLOAT, false, Triangles.VERTEX * Float.BYTES,
                        3L * Float.BYTES * input);
            }
            instances.attach(i);
            GL15C.glBindBuffer(GL15C.GL_ELEMENT_ARRAY_BUFFER, indices[i]);
            GL15C.glBufferData(GL15C.GL_ELEMENT_ARRAY_BUFFER, order, GL15C.GL_STATIC_DRAW);
        }
        GL30C.glBindVertexArray(0);
    }

    /// Draws the triangles of a part, or the square for what comes after the parts, in every copy.
    void draw(int subject, int copies) {
        GL30C.glBindVertexArray(arrays[subject]);
        GL31C.glDrawElementsInstanced(GL11C.GL_TRIANGLES, counts[subject], GL11C.GL_UNSIGNED_INT, 0, copies);
    }

    @Override
    public void close() {
        GL30C.glDeleteVertexArrays(arrays);
        GL15C.glDeleteBuffers(vertices);
        GL15C.glDeleteBuffers(indices);
    }
}
