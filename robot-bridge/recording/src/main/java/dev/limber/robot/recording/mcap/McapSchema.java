package dev.limber.robot.recording.mcap;

/// What messages look like.
///
/// @param id number in the file
/// @param name the type's name
/// @param encoding of `data`: "jsonschema"
/// @param data the schema
public record McapSchema(int id, String name, String encoding, byte[] data) {}
