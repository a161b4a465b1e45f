package dev.limber.renderer.geometry;

/// A shape as triangles, in the part's own frame.
///
/// @param vertices position and normal of each vertex, row-major [vertices, 6]
/// @param indices vertices of each triangle, counter-clockwise from outside, row-major [triangles, 3]
/// @param closed true where its inside is never seen, so that triangles seen from behind can be left out
/// @param radius of a sphere about the origin that holds it [m]
public record Triangles(float[] vertices, int[] indices, boolean closed, double radius) {

    /// Numbers per vertex.
    public static final int VERTEX = 6;

    /// The number of vertices.
    public int vertexCount() {
        return vertices.length / VERTEX;
    }
}
