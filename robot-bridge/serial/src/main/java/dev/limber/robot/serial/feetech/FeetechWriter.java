package dev.limber.robot.serial.feetech;

/// Writes packets into an array of its own: [#begin], the parameters, [#end]. Allocates nothing.
public final class FeetechWriter {

    /// Header, id, length.
    private static final int HEADER = 4;
    private static final int LONGEST = 260;

    private final byte[] bytes = new byte[LONGEST];
    private int length;

    /// Begins a packet.
    ///
    /// @param kind instruction, or error of an answer
    public FeetechWriter begin(int id, int kind) {
        length = 0;
        return put8(0xff).put8(0xff).put8(id).put8(0).put8(kind);
    }

    /// Adds a byte.
    public FeetechWriter put8(int value) {
        bytes[length++] = (byte) value;
        return this;
    }

    /// Adds two bytes, the lower one first.
    public FeetechWriter put16(int value) {
        return put8(value).put8(value >> 8);
    }

    /// Ends the packet.
    public FeetechWriter end() {
        bytes[3] = (byte) (length - HEADER + 1);
        return put8(checkSum(bytes, 2, length - 2));
    }

    /// The complement of the sum of bytes.
    static int checkSum(byte[] bytes, int offset, int count) {
        int sum = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += bytes[i];
        }
        return ~sum & 0xff;
    }

    /// The packet, valid up to [#length] until the next one is begun.
    public byte[] bytes() {
        return bytes;
    }

    /// Bytes of the packet.
    public int length() {
        return length;
    }
}
