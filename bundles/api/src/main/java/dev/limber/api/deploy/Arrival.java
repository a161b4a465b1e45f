package dev.limber.api.deploy;

/// A bundle that has been installed beside what runs and offers its services.
///
/// @param bundle the framework's number of it
/// @param name its symbolic name
/// @param version its version
/// @param sha256 of the jar it was installed from, in hexadecimal; empty where it was not deployed
public record Arrival(long bundle, String name, String version, String sha256) {}
