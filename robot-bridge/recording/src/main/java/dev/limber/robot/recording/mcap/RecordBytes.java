package dev.limber.robot.recording.mcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Records being written: little-endian numbers in a buffer that grows and is reused.
final class RecordBytes {

    private ByteBuffer buffer;

    RecordBytes(int capacity) {
        buffer = allocate(capacity);
    }

    private static ByteBuffer allocate(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    int size() {
        return buffer.position();
    }

    byte[] array() {
        return buffer.array();
    }

    void clear() {
        buffer.clear();
    }

    /// Makes room for more bytes.
    RecordBytes reserve(int more) {
        if (buffer.remaining() < more) {
            buffer = allocate(Math.max(buffer.capacity() * 2, buffer.position() + more)).put(buffer.flip());
        }
        return this;
    }

    RecordBytes u8(int value) {
        reserve(1).buffer.put((byte) value);
        return this;
    }

    RecordBytes u16(int value) {
        reserve(2).buffer.putShort((short) value);
        return this;
    }

    RecordBytes u32(int value) {
        reserve(4).buffer.putInt(value);
        return this;
    }

    RecordBytes u64(long value) {
        reserve(8).buffer.putLong(value);
        return this;
    }

    RecordBytes bytes(byte[] from, int offset, int length) {
        reserve(length).buffer.put(from, offset, length);
        return this;
    }

    RecordBytes text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return u32(encoded.length).bytes(encoded, 0, encoded.length);
    }

    RecordBytes texts(Map<String, String> map) {
        int start = size();
        u32(0);
        map.forEach((name, value) -> text(name).text(value));
        buffer.putInt(start, size() - start - 4);
        return this;
    }

    /// Begins a record.
    ///
    /// @return what [#end] needs
    int begin(int opcode) {
        u8(opcode).u64(0);
        return size();
    }

    /// Fills in the length of a record.
    void end(int start) {
        buffer.putLong(start - 8, size() - start);
    }

    /// Says how many bytes were put into [#array] directly, after [#reserve].
    void skip(int length) {
        buffer.position(buffer.position() + length);
    }

    void setU64(int at, long value) {
        buffer.putLong(at, value);
    }
}
