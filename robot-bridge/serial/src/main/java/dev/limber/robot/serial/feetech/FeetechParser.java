package dev.limber.robot.serial.feetech;

import dev.limber.robot.serial.ReceivedBytes;

/// Finds packets in a stream of bytes, of which any may be missing, changed or too many. It never throws and allocates
/// nothing. The check sum has 8 bits, so that one damaged packet of 256 looks whole: whoever asks must also check id,
/// length and whether the values can be.
public final class FeetechParser {

    private static final int HEADER = 4;
    private static final int SHORTEST = 6;
    private static final int CAPACITY = 2048;

    private final ReceivedBytes received = new ReceivedBytes(CAPACITY);
    private final byte[] stream = received.array();
    private int packet;
    private int length;

    /// Adds what has come. Where it does not fit, the oldest bytes are lost.
    public void accept(byte[] bytes, int offset, int count) {
        received.accept(bytes, offset, count);
    }

    /// Forgets all bytes.
    public void clear() {
        received.clear();
    }

    /// Goes to the next packet, whose values can be asked for until [#accept].
    ///
    /// @return false where there is none (yet)
    public boolean next() {
        int start = received.start();
        int end = received.end();
        int unfinished = Math.max(start, end - SHORTEST + 1);
        for (int at = start; at + SHORTEST <= end; at++) {
            int total = HEADER + (stream[at + 3] & 0xff);
            if (stream[at] != (byte) 0xff || stream[at + 1] != (byte) 0xff || stream[at + 2] == (byte) 0xff
                    || total < SHORTEST) {
                continue;
            }
            if (at + total > end) {
                unfinished = Math.min(unfinished, at);
            } else if (FeetechWriter.checkSum(stream, at + 2, total - 3) == (stream[at + total - 1] & 0xff)) {
                packet = at;
                length = total;
                received.dropBefore(at + total);
                return true;
            }
        }
        received.dropBefore(unfinished);
        return false;
    }

    /// The id in the packet.
    public int id() {
        return stream[packet + 2] & 0xff;
    }

    /// The instruction, or the error of an answer.
    public int kind() {
        return stream[packet + 4] & 0xff;
    }

    /// How many parameters there are.
    public int parameters() {
        return length - SHORTEST;
    }

    /// A parameter, 0 to 255.
    public int u8(int index) {
        return stream[packet + 5 + index] & 0xff;
    }

    /// Two parameters as a number, 0 to 65535.
    public int u16(int index) {
        return u8(index) | u8(index + 1) << 8;
    }
}
