package dev.limber.renderer.opengl;

import java.nio.ByteBuffer;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL15C;
import org.lwjgl.opengl.GL21C;
import org.lwjgl.opengl.GL30C;
import org.lwjgl.system.MemoryUtil;

/// Brings one kind of picture back: the device copies it to a buffer of its own while the caller goes on, and from there
/// it is read when it is asked for.
final class GlReadback implements AutoCloseable {

    private final int attachment;
    private final int format;
    private final int type;
    private final int pixelSize;
    private final int buffer;
    private final ByteBuffer bytes;
    private boolean fetched;

    GlReadback(int attachment, int format, int type, int pixelSize, long pixels) {
        this.attachment = attachment;
        this.format = format;
        this.type = type;
        this.pixelSize = pixelSize;
        bytes = MemoryUtil.memAlloc(Math.toIntExact(pixels * pixelSize));
        buffer = GL15C.glGenBuffers();
        GL15C.glBindBuffer(GL21C.GL_PIXEL_PACK_BUFFER, buffer);
        GL15C.glBufferData(GL21C.GL_PIXEL_PACK_BUFFER, bytes.capacity(), GL15C.GL_STREAM_READ);
        GL15C.glBindBuffer(GL21C.GL_PIXEL_PACK_BUFFER, 0);
    }

    /// Begins to copy from the frame that is bound for reading.
    void begin(Atlas atlas) {
        GL11C.glReadBuffer(GL30C.GL_COLOR_ATTACHMENT0 + attachment);
        GL15C.glBindBuffer(GL21C.GL_PIXEL_PACK_BUFFER, buffer);
        long at = 0;
        for (int column = 0; column < atlas.columns(); column++) {
            int rows = atlas.tilesIn(column) * atlas.height();
            GL11C.glReadPixels(column * atlas.width(), 0, atlas.width(), rows, format, type, at);
            at += (long) rows * atlas.width() * pixelSize;
        }
        GL15C.glBindBuffer(GL21C.GL_PIXEL_PACK_BUFFER, 0);
        fetched = false;
    }

    /// Waits for the copy. Its bytes [n, height, width, ...] stay until the next frame.
    ByteBuffer fetch() {
        if (!fetched) {
            GL15C.glBindBuffer(GL21C.GL_PIXEL_PACK_BUFFER, buffer);
            GL15C.glGetBufferSubData(GL21C.GL_PIXEL_PACK_BUFFER, 0, bytes);
            GL15C.glBindBuffer(GL21C.GL_PIXEL_PACK_BUFFER, 0);
            fetched = true;
        }
        return bytes;
    }

    /// Frees what is not the context's.
    void free() {
        MemoryUtil.memFree(bytes);
    }

    @Override
    public void close() {
        GL15C.glDeleteBuffers(buffer);
        free();
    }
}
