package dev.limber.deploy;

import java.nio.file.Path;

/// Names of files, which may be anything.
final class FileNames {

    private FileNames() {}

    /// True where a file of that name is looked at in the folder.
    static boolean watched(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jar") && !name.startsWith(".");
    }

    /// The name on one line, as it can be printed and written in every locale: what cannot stands as an underscore.
    static String shown(Path file) {
        return file.getFileName().toString().replaceAll("[\\p{Cntrl}\\x{2028}\\x{2029}\\x{fffd}]", "_");
    }
}
