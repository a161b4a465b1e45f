package dev.limber.robot.recording;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// Tells that a file cannot be written.
final class Unwritable {

    private Unwritable() {}

    /// @param what the file is
    static UsageException of(String what, Path file, IOException failure) {
        String begin = "the " + what + " " + file;
        return new UsageException(switch (failure) {
            case FileAlreadyExistsException exists -> begin + " exists; give another name or take it away";
            case NoSuchFileException folder -> begin + noFile(file);
            case AccessDeniedException folder -> begin + noFile(file);
            case NotDirectoryException folder -> begin + noFile(file);
            case FileSystemException other when other.getReason() != null ->
                    begin + " cannot be written: " + other.getReason();
            default -> begin + " cannot be written: " + failure.getMessage();
        });
    }

    private static String noFile(Path file) {
        return " cannot be written: no file can be made in " + file.toAbsolutePath().getParent();
    }
}
