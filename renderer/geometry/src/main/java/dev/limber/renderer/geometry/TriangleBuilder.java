package dev.limber.renderer.geometry;

import java.util.Arrays;

/// Collects vertices and triangles.
final class TriangleBuilder {

    private float[] vertices = new float[Triangles.VERTEX * 64];
    private int[] indices = new int[192];
    private int vertexCount;
    private int indexCount;
    private double radiusSquared;

    /// Adds a vertex with its normal.
    ///
    /// @return its index
    int vertex(double x, double y, double z, double nx, double ny, double nz) {
        int at = vertexCount * Triangles.VERTEX;
        if (at == vertices.length) {
            vertices = Arrays.copyOf(vertices, 2 * at);
        }
        vertices[at] = (float) x;
        vertices[at + 1] = (float) y;
        vertices[at + 2] = (float) z;
        vertices[at + 3] = (float) nx;
        vertices[at + 4] = (float) ny;
        vertices[at + 5] = (float) nz;
        radiusSquared = Math.max(radiusSquared, x * x + y * y + z * z);
        return vertexCount++;
    }

    void triangle(int a, int b, int c) {
        if (indexCount == indices.length) {
            indices = Arrays.copyOf(indices, 2 * indexCount);
        }
        indices[indexCount++] = a;
        indices[indexCount++] = b;
        indices[indexCount++] = c;
    }

    void quad(int a, int b, int c, int d) {
        triangle(a, b, c);
        triangle(a, c, d);
    }

    Triangles build(boolean closed) {
        return new Triangles(Arrays.copyOf(vertices, vertexCount * Triangles.VERTEX),
                Arrays.copyOf(indices, indexCount), closed, Math.sqrt(radiusSquared));
    }
}
