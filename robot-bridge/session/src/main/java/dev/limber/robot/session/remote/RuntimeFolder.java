package dev.limber.robot.session.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder of this user's running processes: `$XDG_RUNTIME_DIR/limber`, or `limber-USER` below the folder of temporary files. Nobody else may
/// look into it.
final class RuntimeFolder {

    private static final String ENDING = ".robot";

    private RuntimeFolder() {}

    static Path path() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        return runtime == null || runtime.isBlank()
                ? Path.of(System.getProperty("java.io.tmpdir"), "limber-" + System.getProperty("user.name"))
                : Path.of(runtime, "limber");
    }

    /// Makes it where it is missing.
    static Path create() throws IOException {
        Path folder = path();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.createDirectory(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(folder + " is no folder but a link");
        }
        if (!Files.getOwner(folder).getName().equals(System.getProperty("user.name"))) {
            throw new IOException(folder + " belongs to " + Files.getOwner(folder).getName());
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------")); // It may have been there before.
        return folder;
    }

    /// The socket of a process.
    static Path socket(Path folder, long process) {
        return folder.resolve(process + ENDING);
    }

    static boolean isSocket(Path file) {
        return file.getFileName().toString().endsWith(ENDING);
    }
}
