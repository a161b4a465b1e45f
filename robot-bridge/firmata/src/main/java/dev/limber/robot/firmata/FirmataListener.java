package dev.limber.robot.firmata;

/// Hears what a board says.
interface FirmataListener {

    /// The protocol it speaks.
    void version(int major, int minor);

    /// A measured input.
    ///
    /// @param value 0 to 16383; boards measure 10 bits
    void analog(int channel, int value);

    /// Anything longer.
    ///
    /// @param data [offset, offset + length) of it is the content, 7 bits in each byte; valid during the call
    void sysex(int command, byte[] data, int offset, int length);
}
