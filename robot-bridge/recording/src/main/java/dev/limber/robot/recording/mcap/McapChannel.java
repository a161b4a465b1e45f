package dev.limber.robot.recording.mcap;

/// A stream of messages.
///
/// @param id number in the file
/// @param schema number of its schema; 0 for none
/// @param topic what it is about
/// @param messageEncoding of the messages' data: "json"
public record McapChannel(int id, int schema, String topic, String messageEncoding) {}
