package dev.limber.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeMap;
import java.util.Map;

/// The folder `quarantine` below the watched one: jars that were refused, each with a file that says why.
final class Quarantine {

    private static final String REASON = ".why.txt";

    private final Path folder;

    Quarantine(Path watched) {
        folder = watched.resolve("quarantine");
    }

    /// Moves a jar there.
    ///
    /// @param name what it is to be called there
    void take(Path jar, String name, String reason) throws IOException {
        Files.createDirectories(folder);
        Files.move(jar, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve(name + REASON), reason + "\n");
    }

    /// Why each jar is there, by the name of its file.
    Map<String, String> reasons() {
        var reasons = new TreeMap<String, String>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + REASON)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                reasons.put(name.substring(0, name.length() - REASON.length()), Files.readString(file).strip());
            }
        } catch (IOException none) {
            return reasons;
        }
        return reasons;
    }

    /// Where a jar of that name is.
    Path of(String name) {
        return folder.resolve(name);
    }
}
