package dev.limber.api.deploy;

import java.nio.file.Path;

/// A jar that has been put into a folder.
///
/// @param file where it lies now
/// @param waiting what it waits for there before it can be used, one line; empty where for nothing
public record Placement(Path file, String waiting) {}
