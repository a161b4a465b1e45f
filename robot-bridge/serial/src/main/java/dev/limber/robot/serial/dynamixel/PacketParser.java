package dev.limber.robot.serial.dynamixel;

import dev.limber.robot.serial.ReceivedBytes;

/// Finds packets in a stream of bytes, of which any may be missing, changed or too many. It never throws, allocates
/// nothing, and takes the first whole packet after the damage: bytes that look like the beginning of a packet do not
/// hide one that follows within them.
///
/// A packet counts only with a right check sum, a sound length and an id that a servo can have.
public final class PacketParser {

    private static final int HEADER = PacketWriter.HEADER;
    /// Header, instruction and check sum.
    private static final int SHORTEST = HEADER + 3;

    private final ReceivedBytes received;
    private final byte[] stream;

    private final byte[] body;
    private int id;
    private int length;
    private int damaged = -1;

    /// @param capacity bytes of the longest packet
    public PacketParser(int capacity) {
        received = new ReceivedBytes(capacity);
        stream = received.array();
        body = new byte[capacity];
    }

    /// Adds what has come. Where it does not fit, the oldest bytes are lost.
    public void accept(byte[] bytes, int offset, int count) {
        received.accept(bytes, offset, count);
    }

    /// Forgets all bytes.
    public void clear() {
        received.clear();
    }

    /// Goes to the next packet.
    ///
    /// @return false where there is none (yet)
    public boolean next() {
        int start = received.start();
        int end = received.end();
        int unfinished = Math.max(start, end - SHORTEST + 1);
        damaged = -1;
        for (int at = start; at + SHORTEST <= end; at++) {
            if (!isHeader(at)) {
                continue;
            }
            int total = HEADER + (stream[at + 5] & 0xff | (stream[at + 6] & 0xff) << 8);
            if (total < SHORTEST || total > stream.length) {
                continue;
            }
            if (at + total > end) {
                unfinished = Math.min(unfinished, at);
                continue;
            }
            if (Crc16.of(stream, at, total - 2) == (stream[at + total - 2] & 0xff
                    | (stream[at + total - 1] & 0xff) << 8) && isStuffed(at, total)) {
                take(at, total);
                received.dropBefore(at + total);
                return true;
            }
            if (unfinished > at) {
                damaged = stream[at + 4] & 0xff;
            }
        }
        received.dropBefore(unfinished);
        return false;
    }

    private boolean isHeader(int at) {
        int candidate = stream[at + 4] & 0xff;
        return stream[at] == (byte) 0xff && stream[at + 1] == (byte) 0xff && stream[at + 2] == (byte) 0xfd
                && stream[at + 3] == 0 && (candidate <= Instruction.MAX_ID || candidate == Instruction.BROADCAST_ID);
    }

    /// A header within a packet is where the next one begins: the rest of this one was lost, and only by chance does
    /// its check sum fit.
    private boolean isStuffed(int at, int total) {
        if (isFast(at)) {
            return true;
        }
        for (int i = at + HEADER; i + 3 < at + total - 2; i++) {
            if (stream[i] == (byte) 0xff && stream[i + 1] == (byte) 0xff && stream[i + 2] == (byte) 0xfd
                    && stream[i + 3] != (byte) 0xfd) {
                return false;
            }
        }
        return true;
    }

    /// Only answers to fast reads come from the broadcast id, and those are not stuffed.
    private boolean isFast(int at) {
        return (stream[at + 4] & 0xff) == Instruction.BROADCAST_ID
                && (stream[at + HEADER] & 0xff) == Instruction.STATUS;
    }

    private void take(int at, int total) {
        id = stream[at + 4] & 0xff;
        boolean stuffed = !isFast(at);
        length = 0;
        for (int i = at + HEADER; i < at + total - 2; i++) {
            body[length++] = stream[i];
            if (stuffed && length >= 3 && stream[i] == (byte) 0xfd && body[length - 2] == (byte) 0xff
                    && body[length - 3] == (byte) 0xff && i + 1 < at + total - 2 && stream[i + 1] == (byte) 0xfd) {
                i++;
            }
        }
    }

    /// The id in what looked like a packet but for its check sum, in the last call of [#next]; -1 for none.
    public int damaged() {
        return damaged;
    }

    /// The id in the packet.
    public int id() {
        return id;
    }

    /// The instruction; [Instruction#STATUS] for answers.
    public int instruction() {
        return body[0] & 0xff;
    }

    /// How many parameters there are; the error byte of an answer is the first one.
    public int parameters() {
        return length - 1;
    }

    /// A parameter, 0 to 255.
    public int u8(int index) {
        return body[1 + index] & 0xff;
    }

    /// Two parameters as a number, 0 to 65535.
    public int u16(int index) {
        return u8(index) | u8(index + 1) << 8;
    }

    /// Two parameters as a signed number.
    public int s16(int index) {
        return (short) u16(index);
    }

    /// Four parameters as a signed number.
    public int s32(int index) {
        return u16(index) | u16(index + 2) << 16;
    }
}
