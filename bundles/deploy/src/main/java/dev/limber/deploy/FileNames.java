package dev.limber.deploy;

import java.nio.file.Path;

/// Names of files, which may be anything.
final class FileNames {

    private FileNames() {}

    /// The name on one line, as it can be printed and written in every locale: what cannot stands as an underscore.
    static String shown(Path file) {
        return file.getFileName().toString().replaceAll("[\\p{Cntrl}\\x{2028}\\x{2029}\\x{fffd}]", "_");
    }
}
