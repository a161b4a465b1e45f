package dev.limber.launcher.commandline;

import java.nio.file.Path;

/// Shows paths as users would type them.
final class Paths {

    private Paths() {}

    /// Relative to the working directory where it is below it, else absolute.
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(here) && !absolute.equals(here)
                ? here.relativize(absolute).toString()
                : absolute.toString();
    }

    /// As [#shown], in quotes where a shell needs them.
    static String quoted(Path path) {
        String shown = shown(path);
        return shown.matches("[\\w@%+=:,./-]+") ? shown : "'" + shown.replace("'", "'\\''") + "'";
    }
}
