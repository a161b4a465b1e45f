package dev.limber.api.render;

/// Draws frames of one scene: a picture for each of n copies, all at once.
///
/// [#submit] begins a frame and returns; a read waits for the frame and copies it. So drawing goes on while the caller
/// computes. Nothing is allocated per frame. Methods may be called from any thread, but by one at a time. The same
/// scene, poses, camera and overlay give the same bytes on the same device.
///
/// Every method but [#close] throws [RendererGoneException] when the renderer is no more, and `IllegalStateException`
/// after [#close]. Reading a kind that the spec does not have is an `IllegalStateException` too, and so is reading
/// before the first frame was submitted.
public interface Pictures extends AutoCloseable {

    /// What is drawn.
    PictureSpec spec();

    /// Begins a frame; one that was not read is given up.
    ///
    /// @param poses of the scene's bodies, row-major [n, bodies, 7], copied
    /// @param camera where all copies are looked at from
    /// @param overlay what is added, copied
    /// @throws IllegalArgumentException for a wrong length
    void submit(double[] poses, Camera camera, Overlay overlay);

    /// Reads colours.
    ///
    /// @param rgb unsigned bytes, row-major [n, height, width, 3], from the top left
    void colors(byte[] rgb);

    /// Reads colours as luminance, 0.299 R + 0.587 G + 0.114 B rounded.
    ///
    /// @param grey unsigned bytes, row-major [n, height, width], from the top left
    void greys(byte[] grey);

    /// Reads distances along the line of sight [m], [View#FAR] where there is nothing.
    ///
    /// @param metres row-major [n, height, width], from the top left
    void depths(float[] metres);

    /// Reads what is seen: index of the part + 1, [Scene#groundSegment] for the ground, 0 for nothing.
    ///
    /// @param parts row-major [n, height, width], from the top left
    void segments(int[] parts);

    /// Frees what it holds. Further calls do nothing.
    @Override
    void close();
}
