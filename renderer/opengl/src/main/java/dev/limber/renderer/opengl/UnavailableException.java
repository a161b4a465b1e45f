package dev.limber.renderer.opengl;

/// There is no OpenGL here; the message says why.
final class UnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }
}
