package dev.limber.robot.serial.dynamixel;

/// Writes packets into an array of its own: [#begin], the parameters, [#end]. Allocates nothing.
public final class PacketWriter {

    /// Bytes before the instruction: header, reserved, id, length.
    static final int HEADER = 7;

    private final byte[] bytes;
    private int length;
    private boolean stuffing;

    /// @param capacity bytes of the longest packet, with stuffing
    public PacketWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /// Begins a packet.
    ///
    /// @param id of the servo that is meant or answers
    public PacketWriter begin(int id, int instruction) {
        stuffing = false;
        length = 0;
        put8(0xff).put8(0xff).put8(0xfd).put8(0).put8(id).put16(0);
        stuffing = true;
        return put8(instruction);
    }

    /// Begins the common answer to a fast read, which is not stuffed: after it comes for each servo its error, its id,
    /// its bytes and [#crc], the last of which ends the packet.
    ///
    /// @param servos how many answer
    /// @param data how many bytes they answer in all
    public PacketWriter beginFast(int servos, int data) {
        begin(Instruction.BROADCAST_ID, Instruction.STATUS);
        stuffing = false;
        setLength(1 + data + 4 * servos);
        return this;
    }

    /// Adds a byte.
    public PacketWriter put8(int value) {
        bytes[length++] = (byte) value;
        if (stuffing && value == 0xfd && bytes[length - 2] == (byte) 0xff && bytes[length - 3] == (byte) 0xff
                && length > HEADER + 2) {
            bytes[length++] = (byte) 0xfd;
        }
        return this;
    }

    /// Adds two bytes, the lower one first.
    public PacketWriter put16(int value) {
        return put8(value & 0xff).put8(value >> 8 & 0xff);
    }

    /// Adds four bytes, the lowest one first.
    public PacketWriter put32(int value) {
        return put16(value & 0xffff).put16(value >> 16 & 0xffff);
    }

    /// Adds the check sum of all before.
    public PacketWriter crc() {
        stuffing = false;
        return put16(Crc16.of(bytes, 0, length));
    }

    /// Ends a packet that was begun by [#begin].
    public PacketWriter end() {
        setLength(length - HEADER + 2);
        return crc();
    }

    private void setLength(int value) {
        bytes[5] = (byte) value;
        bytes[6] = (byte) (value >> 8);
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
