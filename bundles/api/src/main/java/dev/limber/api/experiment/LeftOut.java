package dev.limber.api.experiment;

/// A plug-in whose description cannot be read, so that nobody can use it.
///
/// @param name what users would type; the name of its component where it has none
/// @param bundle symbolic name of the bundle it comes from
/// @param version of that bundle
/// @param reason what is wrong with it, one line
public record LeftOut(String name, String bundle, String version, String reason) {}
