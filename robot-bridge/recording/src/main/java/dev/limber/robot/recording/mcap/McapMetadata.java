package dev.limber.robot.recording.mcap;

import java.util.Map;

/// Something to know about a whole file.
///
/// @param name what it is about
/// @param values name to value
public record McapMetadata(String name, Map<String, String> values) {}
