package dev.limber.robot.testing;

/// Sees every byte on an emulated line, after the faults. Called from the emulator's thread.
public interface WireLog {

    /// Bytes that the servos received.
    ///
    /// @param nanoTime when, of [System#nanoTime] [ns]
    void received(long nanoTime, byte[] bytes, int count);

    /// Bytes that the servos sent.
    ///
    /// @param nanoTime when, of [System#nanoTime] [ns]
    void sent(long nanoTime, byte[] bytes, int count);
}
