package dev.limber.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The folder `quarantine` below the watched one: jars that were refused, each with a file that says why. Other processes
/// may do the same there at the same time.
final class Quarantine {

    private static final String REASON = ".why.txt";
    /// File systems allow names of 255 bytes; a character may take four.
    private static final int LONGEST_NAME = 255 - REASON.length();

    private final Path folder;

    Quarantine(Path watched) {
        folder = watched.resolve("quarantine");
    }

    /// Says whether a file is the one that was refused.
    interface Check {
        boolean test(Path taken) throws IOException;
    }

    /// Moves a jar there. Something else that is at its place by now goes back.
    ///
    /// @param name what it was called
    /// @param refused is asked when nobody else can write to that place any more
    /// @throws java.nio.file.NoSuchFileException where it is gone
    void take(Path jar, String name, String reason, Check refused) throws IOException {
        Files.createDirectories(folder);
        String own = "." + ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
        Path taken = folder.resolve(own + ".taken");
        Files.move(jar, taken, StandardCopyOption.REPLACE_EXISTING);
        if (!refused.test(taken)) {
            putBack(taken, jar);
            return;
        }
        // Whoever sees the jar must find the reason, and never half of it.
        String kept = shortened(name);
        Path written = folder.resolve(own + REASON + ".tmp");
        Files.writeString(written, reason + "\n");
        Files.move(written, folder.resolve(kept + REASON), StandardCopyOption.ATOMIC_MOVE);
        Files.move(taken, folder.resolve(kept), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void putBack(Path taken, Path place) throws IOException {
        try {
            Files.move(taken, place);
        } catch (FileAlreadyExistsException newer) {
            Files.delete(taken);
        }
    }

    private static String shortened(String name) {
        String kept = name;
        while (kept.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            kept = kept.substring(kept.offsetByCodePoints(0, 1));
        }
        return kept;
    }

    /// Why each jar is there, by the name of its file.
    Map<String, String> reasons() {
        var reasons = new TreeMap<String, String>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + REASON)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String jar = name.substring(0, name.length() - REASON.length());
                if (Files.exists(folder.resolve(jar), LinkOption.NOFOLLOW_LINKS)) {
                    reason(jar).ifPresent(reason -> reasons.put(jar, reason));
                }
            }
        } catch (IOException none) {
            return reasons;
        }
        return reasons;
    }

    /// Why a jar of that name is there, where it is.
    Optional<String> reason(String name) {
        try {
            return Optional.of(Files.readString(folder.resolve(shortened(name) + REASON)).strip());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /// When a jar of that name was put there. Moved as it is, it has the time of its last change itself.
    Instant since(String name) {
        try {
            return Files.getLastModifiedTime(folder.resolve(shortened(name) + REASON)).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }

    /// Where a jar of that name is.
    Path of(String name) {
        return folder.resolve(shortened(name));
    }
}
