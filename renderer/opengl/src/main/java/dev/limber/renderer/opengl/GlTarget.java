package dev.limber.renderer.opengl;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.PictureSpec.Kind;
import java.util.Set;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL14C;
import org.lwjgl.opengl.GL20C;
import org.lwjgl.opengl.GL30C;

/// A picture in the device's memory: colours, and distances and parts where they are asked for.
final class GlTarget implements AutoCloseable {

    /// Attachments, in the order of the shaders' outputs.
    static final int COLORS = 0;
    /// See [#COLORS].
    static final int DISTANCES = 1;
    /// See [#COLORS].
    static final int PARTS = 2;

    private final int frame;
    private final int[] stores = new int[4];

    GlTarget(int width, int height, Set<Kind> kinds) {
        frame = GL30C.glGenFramebuffers();
        GL30C.glBindFramebuffer(GL30C.GL_FRAMEBUFFER, frame);
        attach(COLORS, GL30C.GL_COLOR_ATTACHMENT0, GL11C.GL_RGBA8, width, height);
        boolean depth = kinds.contains(Kind.DEPTH);
        boolean segments = kinds.contains(Kind.SEGMENTATION);
        if (depth) {
            attach(DISTANCES, GL30C.GL_COLOR_ATTACHMENT1, GL30C.GL_R32F, width, height);
        }
        if (segments) {
            attach(PARTS, GL30C.GL_COLOR_ATTACHMENT2, GL30C.GL_R32UI, width, height);
        }
        attach(3, GL30C.GL_DEPTH_ATTACHMENT, GL14C.GL_DEPTH_COMPONENT24, width, height);
        GL20C.glDrawBuffers(new int[] {GL30C.GL_COLOR_ATTACHMENT0,
            depth ? GL30C.GL_COLOR_ATTACHMENT1 : GL11C.GL_NONE, segments ? GL30C.GL_COLOR_ATTACHMENT2 : GL11C.GL_NONE});
        if (GL30C.glCheckFramebufferStatus(GL30C.GL_FRAMEBUFFER) != GL30C.GL_FRAMEBUFFER_COMPLETE
                || GL11C.glGetError() == GL11C.GL_OUT_OF_MEMORY) {
            close();
            throw new UsageException("the device has no room for " + width + "x" + height + " pixels");
        }
    }

    private void attach(int store, int attachment, int format, int width, int height) {
        stores[store] = GL30C.glGenRenderbuffers();
        GL30C.glBindRenderbuffer(GL30C.GL_RENDERBUFFER, stores[store]);
        GL30C.glRenderbufferStorage(GL30C.GL_RENDERBUFFER, format, width, height);
        GL30C.glFramebufferRenderbuffer(GL30C.GL_FRAMEBUFFER, attachment, GL30C.GL_RENDERBUFFER, stores[store]);
    }

    int frame() {
        return frame;
    }

    @Override
    public void close() {
        GL30C.glDeleteFramebuffers(frame);
        for (int store : stores) {
            GL30C.glDeleteRenderbuffers(store);
        }
    }
}
