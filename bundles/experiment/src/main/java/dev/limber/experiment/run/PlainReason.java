package dev.limber.experiment.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Says in plain words what a file system has refused.
public final class PlainReason {

    private PlainReason() {}

    /// The reason on one line, without the names of Java's exceptions.
    public static String of(IOException failure) {
        return switch (failure) {
            case FileAlreadyExistsException file -> file.getFile() + " is in the way: it is no folder";
            case NoSuchFileException file -> "there is no " + file.getFile();
            case AccessDeniedException file -> file.getFile() + " may not be read or written by you";
            case FileSystemException file when file.getReason() != null -> file.getFile() + ": " + file.getReason();
            default -> failure.getMessage() == null ? "input or output failed" : failure.getMessage();
        };
    }
}
