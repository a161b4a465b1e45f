package dev.limber.api.render;

import java.util.Optional;

/// Something that draws scenes. Register one as a service, named by [dev.limber.api.plugin.Plugin]; of those that can
/// draw here the one with the highest service ranking is what `auto` chooses. Methods may be called from any thread.
public interface Renderer {

    /// What it draws with, one line for people: "OpenGL 4.5 on llvmpipe (Mesa software)".
    String device();

    /// Why it cannot draw on this machine, in one line; empty where it can.
    default Optional<String> problem() {
        return Optional.empty();
    }

    /// Prepares to draw a scene, with the priority of the calling thread: what a thread of less than the normal priority opens
    /// keeps the pictures of others waiting for nothing but the device.
    ///
    /// @throws dev.limber.api.plugin.UsageException where it cannot draw here, or not so large pictures
    /// @throws RendererGoneException where it is no more
    Pictures open(Scene scene, PictureSpec spec);
}
