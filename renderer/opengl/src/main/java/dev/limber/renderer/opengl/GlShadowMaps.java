package dev.limber.renderer.opengl;

import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL14C;
import org.lwjgl.opengl.GL20C;
import org.lwjgl.opengl.GL30C;

/// What the sun sees of every copy, in one texture.
final class GlShadowMaps implements AutoCloseable {

    private static final int LEAST_CELLS = 128;
    private static final int MOST_CELLS = 1024;
    private static final int MOST_IN_ALL = 1 << 24;

    private final Atlas atlas;
    private final int frame;
    private final int texture;

    /// @param size the larger extent of the pictures [pixels]
    /// @param most the largest extent of a texture [pixels]
    GlShadowMaps(int size, int copies, int most) {
        int cells = Math.clamp(Integer.highestOneBit(size), LEAST_CELLS, MOST_CELLS);
        while (cells > LEAST_CELLS / 2 && (long) copies * cells * cells > MOST_IN_ALL) {
            cells /= 2;
        }
        atlas = Atlas.of(cells, cells, copies, most);
        texture = GL11C.glGenTextures();
        GL11C.glBindTexture(GL11C.GL_TEXTURE_2D, texture);
        GL11C.glTexImage2D(GL11C.GL_TEXTURE_2D, 0, GL14C.GL_DEPTH_COMPONENT24, atlas.atlasWidth(), atlas.atlasHeight(),
                0, GL11C.GL_DEPTH_COMPONENT, GL11C.GL_UNSIGNED_INT, (java.nio.ByteBuffer) null);
        parameter(GL11C.GL_TEXTURE_MIN_FILTER, GL11C.GL_LINEAR);
        parameter(GL11C.GL_TEXTURE_MAG_FILTER, GL11C.GL_LINEAR);
        parameter(GL11C.GL_TEXTURE_WRAP_S, GL30C.GL_CLAMP_TO_EDGE);
        parameter(GL11C.GL_TEXTURE_WRAP_T, GL30C.GL_CLAMP_TO_EDGE);
        parameter(GL14C.GL_TEXTURE_COMPARE_MODE, GL30C.GL_COMPARE_REF_TO_TEXTURE);
        parameter(GL14C.GL_TEXTURE_COMPARE_FUNC, GL11C.GL_LEQUAL);
        frame = GL30C.glGenFramebuffers();
        GL30C.glBindFramebuffer(GL30C.GL_FRAMEBUFFER, frame);
        GL30C.glFramebufferTexture2D(GL30C.GL_FRAMEBUFFER, GL30C.GL_DEPTH_ATTACHMENT, GL11C.GL_TEXTURE_2D, texture, 0);
        GL20C.glDrawBuffers(GL11C.GL_NONE);
        GL11C.glReadBuffer(GL11C.GL_NONE);
    }

    private static void parameter(int name, int value) {
        GL11C.glTexParameteri(GL11C.GL_TEXTURE_2D, name, value);
    }

    Atlas atlas() {
        return atlas;
    }

    /// Cells on each side of one copy's map.
    int cells() {
        return atlas.width();
    }

    /// Begins to draw what the sun sees.
    void begin() {
        GL30C.glBindFramebuffer(GL30C.GL_FRAMEBUFFER, frame);
        GL11C.glViewport(0, 0, atlas.atlasWidth(), atlas.atlasHeight());
        GL11C.glClear(GL11C.GL_DEPTH_BUFFER_BIT);
    }

    void bind() {
        GL11C.glBindTexture(GL11C.GL_TEXTURE_2D, texture);
    }

    @Override
    public void close() {
        GL30C.glDeleteFramebuffers(frame);
        GL11C.glDeleteTextures(texture);
    }
}
