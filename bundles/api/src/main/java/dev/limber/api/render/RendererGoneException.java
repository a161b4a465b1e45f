package dev.limber.api.render;

/// The renderer is no more, or lost its device: its pictures cannot be drawn, another renderer's can.
public class RendererGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message one line: which renderer, and why
    public RendererGoneException(String message) {
        super(message);
    }

    /// @param message one line: which renderer, and why
    /// @param cause what it died of
    public RendererGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
