package dev.limber.study.plot;

/// Text cannot be drawn on this machine.
public final class NoFontsException extends Exception {

    private static final long serialVersionUID = 1L;

    /// @param cause what Java's font code threw
    public NoFontsException(Throwable cause) {
        super("no pictures: Java finds no fonts on this machine; install fontconfig and a font "
                + "(Debian: apt install fontconfig fonts-dejavu-core)", cause);
    }
}
