package dev.limber.robot.recording.mcap;

/// Receives what a file holds, in its order.
public interface McapVisitor {

    /// Conventions and writer of the file.
    default void header(String profile, String library) {}

    /// A schema; may come again.
    default void schema(McapSchema schema) {}

    /// A channel, before its messages; may come again.
    default void channel(McapChannel channel) {}

    /// A message.
    default void message(McapMessage message) {}

    /// Something to know about the file.
    default void metadata(McapMetadata metadata) {}
}
