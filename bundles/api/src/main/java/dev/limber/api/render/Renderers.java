package dev.limber.api.render;

/// The renderers that are there, and pictures that outlive them: where a renderer goes, or fails, they go on with
/// another, and whoever takes frames notices nothing. A service; ask it and not a [Renderer], unless you test one.
public interface Renderers {

    /// Instead of a name: the best there is.
    String AUTO = "auto";

    /// System property with the name that [#open(Scene, PictureSpec)] uses; [#AUTO] where it is not set.
    String PROPERTY = "limber.renderer";

    /// Prepares to draw a scene with the renderer that the user chose.
    ///
    /// @throws dev.limber.api.plugin.UsageException where there is none such, or it cannot draw here
    default Pictures open(Scene scene, PictureSpec spec) {
        return open(scene, spec, chosen());
    }

    /// Prepares to draw a scene.
    ///
    /// @param renderer name of a renderer, or [#AUTO]
    /// @throws dev.limber.api.plugin.UsageException where there is none such, or it cannot draw here
    Pictures open(Scene scene, PictureSpec spec, String renderer);

    /// The name of the renderer that the user chose, or [#AUTO].
    String chosen();

    /// What pictures opened now would be drawn with, one line for people: "opengl: OpenGL 4.5 on llvmpipe (Mesa
    /// software)".
    ///
    /// @throws dev.limber.api.plugin.UsageException where there is no renderer
    String device();
}
