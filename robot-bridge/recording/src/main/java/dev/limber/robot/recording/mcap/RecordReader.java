package dev.limber.robot.recording.mcap;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/// Understands single records and hands them on. Whatever the bytes are, the only thing thrown is [McapException].
final class RecordReader {

    /// A chunk that claims to be larger is not believed [bytes].
    private static final long MAX_CHUNK_BYTES = 1L << 29;

    private final Map<Integer, McapChannel> channels = new HashMap<>();
    private final ZstdJavaDecompressor decompressor = new ZstdJavaDecompressor();
    private final McapVisitor visitor;
    private byte[] uncompressed = new byte[0];
    private boolean chunked;

    RecordReader(McapVisitor visitor) {
        this.visitor = visitor;
    }

    /// Hands on one record, or all records of a chunk if it is undamaged.
    void read(int opcode, ByteBuffer content) throws McapException {
        try {
            switch (opcode) {
                case Opcode.HEADER -> visitor.header(text(content), text(content));
                case Opcode.SCHEMA -> visitor.schema(new McapSchema(Short.toUnsignedInt(content.getShort()),
                        text(content), text(content), bytes(content)));
                case Opcode.CHANNEL -> channel(content);
                case Opcode.MESSAGE -> {
                    // It has no check sum there, and is more likely another record whose kind was damaged.
                    if (chunked) {
                        throw new McapException("a message stands outside the chunks");
                    }
                    message(content);
                }
                case Opcode.METADATA -> visitor.metadata(new McapMetadata(text(content), texts(content)));
                case Opcode.CHUNK -> chunk(content);
                default -> {
                    // Indexes say again what was read already, and records that are not known are to be left out.
                }
            }
        } catch (BufferUnderflowException shorter) {
            throw new McapException("a record of kind " + opcode + " is shorter than its content");
        }
    }

    private void channel(ByteBuffer content) throws McapException {
        var channel = new McapChannel(Short.toUnsignedInt(content.getShort()), Short.toUnsignedInt(content.getShort()),
                text(content), text(content));
        channels.put(channel.id(), channel);
        visitor.channel(channel);
    }

    private void message(ByteBuffer content) throws McapException {
        int id = Short.toUnsignedInt(content.getShort());
        McapChannel channel = channels.get(id);
        if (channel == null) {
            throw new McapException("a message is of channel " + id + ", which is not described before it");
        }
        int sequence = content.getInt();
        long time = content.getLong();
        content.getLong();
        visitor.message(new McapMessage(channel, sequence, time, content.slice().order(ByteOrder.LITTLE_ENDIAN)));
    }

    private void chunk(ByteBuffer content) throws McapException {
        content.getLong();
        content.getLong();
        long size = content.getLong();
        int expected = content.getInt();
        String compression = text(content);
        long stored = content.getLong();
        if (size < 0 || size > MAX_CHUNK_BYTES || stored != content.remaining()) {
            throw new McapException("a chunk claims to have " + Long.toUnsignedString(size) + " bytes in "
                    + Long.toUnsignedString(stored) + ", of which there are " + content.remaining());
        }
        ByteBuffer records = switch (compression) {
            case "" -> content.slice().order(ByteOrder.LITTLE_ENDIAN);
            case McapWriter.ZSTD -> decompress(content, (int) size);
            default -> throw new McapException("chunks compressed with '" + compression
                    + "' cannot be read, only with 'zstd' or not at all");
        };
        var crc = new CRC32();
        crc.update(records.duplicate());
        if (expected != 0 && expected != (int) crc.getValue()) {
            throw new McapException("a chunk is damaged: its check sum differs");
        }
        chunked = true;
        while (records.hasRemaining()) {
            int opcode = Byte.toUnsignedInt(records.get());
            long length = records.getLong();
            if (length < 0 || length > records.remaining()) {
                throw new McapException("a record is longer than its chunk");
            }
            var record = records.slice(records.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
            records.position(records.position() + (int) length);
            switch (opcode) {
                case Opcode.MESSAGE -> message(record);
                case Opcode.SCHEMA, Opcode.CHANNEL -> read(opcode, record);
                default -> {
                    // Nothing else is allowed in chunks.
                }
            }
        }
    }

    private ByteBuffer decompress(ByteBuffer content, int size) throws McapException {
        try {
            if (uncompressed.length < size) {
                uncompressed = new byte[size];
            }
            int length = decompressor.decompress(content.array(), content.arrayOffset() + content.position(),
                    content.remaining(), uncompressed, 0, size);
            if (length != size) {
                throw new McapException("a chunk has " + length + " bytes instead of " + size);
            }
            return ByteBuffer.wrap(uncompressed, 0, size).order(ByteOrder.LITTLE_ENDIAN);
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new McapException("a chunk is damaged: " + damaged.getMessage());
        }
    }

    static String text(ByteBuffer content) throws McapException {
        return new String(bytes(content), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer content) throws McapException {
        int length = content.getInt();
        if (length < 0 || length > content.remaining()) {
            throw new McapException("a text or block is longer than its record");
        }
        byte[] bytes = new byte[length];
        content.get(bytes);
        return bytes;
    }

    private static Map<String, String> texts(ByteBuffer content) throws McapException {
        int length = content.getInt();
        if (length < 0 || length > content.remaining()) {
            throw new McapException("a table is longer than its record");
        }
        int end = content.position() + length;
        var map = new LinkedHashMap<String, String>();
        while (content.position() < end) {
            map.put(text(content), text(content));
        }
        return map;
    }
}
