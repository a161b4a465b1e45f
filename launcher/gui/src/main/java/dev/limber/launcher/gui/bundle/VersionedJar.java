package dev.limber.launcher.gui.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarFile;
import org.osgi.framework.Constants;

/// A jar under a name that does not take the place of another version in a folder, so that one can go back to that.
/// Closing it deletes the copy, where there is one.
final class VersionedJar implements AutoCloseable {

    private final Path original;
    private final Path file;

    VersionedJar(Path original, Path folder) throws IOException {
        this.original = original;
        Path there = folder.resolve(original.getFileName());
        String version = version(original);
        if (Files.isRegularFile(there) && !version(there).equals(version)) {
            Path own = Files.createTempDirectory("limber-");
            String stem = original.getFileName().toString().replaceFirst("\\.jar$", "");
            file = Files.copy(original, own.resolve(stem + "-" + version + ".jar"),
                    StandardCopyOption.REPLACE_EXISTING);
        } else {
            file = original;
        }
    }

    /// Empty for what is no bundle, about which others say more.
    private static String version(Path jar) {
        try (var opened = new JarFile(jar.toFile(), false)) {
            String version = opened.getManifest() == null ? null
                    : opened.getManifest().getMainAttributes().getValue(Constants.BUNDLE_VERSION);
            return version == null ? "" : version.strip();
        } catch (IOException unreadable) {
            return "";
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        if (file != original) {
            Files.delete(file);
            Files.delete(file.getParent());
        }
    }
}
