package dev.limber.deploy;

import java.nio.file.Path;
import org.osgi.framework.Version;

/// A jar that has been read whole.
///
/// @param file where it lies
/// @param name symbolic name
/// @param version of the bundle
/// @param sha256 of its bytes, in hexadecimal
record Jar(Path file, String name, Version version, String sha256) {}
