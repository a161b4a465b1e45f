package dev.limber.robot.recording.mcap;

import java.nio.ByteBuffer;

/// A message.
///
/// @param channel what it belongs to
/// @param sequence its number, unsigned
/// @param time when it was, since 1970 [ns]
/// @param data its content, valid during the call that gives it
public record McapMessage(McapChannel channel, int sequence, long time, ByteBuffer data) {}
