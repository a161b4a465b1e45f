package dev.limber.robot.recording.mcap;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// An MCAP file, read by its index where it has one and from its beginning where it was cut off.
public final class McapFile implements AutoCloseable {

    private static final int FOOTER_BYTES = 1 + 8 + 8 + 8 + 4;
    private static final int MAX_METADATA_BYTES = 1 << 26;
    private static final int MIN_BYTES = 2 * McapWriter.MAGIC.length + FOOTER_BYTES;

    private final FileChannel file;
    private final byte[] summary;
    private final List<Chunk> chunks;
    private Optional<String> damage = Optional.empty();

    private McapFile(FileChannel file, byte[] summary, List<Chunk> chunks) {
        this.file = file;
        this.summary = summary;
        this.chunks = chunks;
    }

    /// Opens a file and reads its index, if it has one.
    ///
    /// @throws McapException where it is no MCAP
    public static McapFile open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            if (!Arrays.equals(read(file, 0, (int) Math.min(McapWriter.MAGIC.length, file.size())), McapWriter.MAGIC)) {
                throw new McapException(path + " is no MCAP file: it does not begin as they do");
            }
            byte[] summary = summary(file);
            return new McapFile(file, summary, chunks(summary));
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /// Whether it ends with a summary, as files do that were closed.
    public boolean indexed() {
        return summary.length > 0;
    }

    /// What was wrong with the file when it was read last, one line.
    public Optional<String> damage() {
        return damage;
    }

    /// Reads everything, in the file's order.
    public void readAll(McapVisitor visitor) throws IOException {
        file.position(0);
        damage = McapStream.read(new BufferedInputStream(Channels.newInputStream(file)), visitor);
    }

    /// Reads what is in a span of time: chunk by chunk where there is an index, else by looking at everything.
    ///
    /// @param from first moment, since 1970 [ns]
    /// @param to last moment, since 1970 [ns]
    public void read(long from, long to, McapVisitor visitor) throws IOException {
        var within = new Within(from, to, visitor);
        if (!indexed()) {
            readAll(within);
            return;
        }
        damage = Optional.empty();
        var reader = new RecordReader(within);
        records(summary, (opcode, content) -> {
            reader.read(opcode, content);
            if (opcode == Opcode.METADATA_INDEX) {
                metadata(content.getLong(), content.getLong(), reader);
            }
        });
        for (Chunk chunk : chunks) {
            if (chunk.start <= to && chunk.end >= from) {
                try {
                    byte[] record = read(file, chunk.offset + 9, chunk.length - 9);
                    reader.read(Opcode.CHUNK, McapStream.little(record));
                } catch (McapException | EOFException damaged) {
                    damage = Optional.of(damaged.getMessage() + ", at byte " + chunk.offset);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void metadata(long offset, long length, RecordReader reader) throws IOException {
        if (length < 9 || length > MAX_METADATA_BYTES) {
            throw new McapException("metadata of " + length + " bytes are in the index");
        }
        reader.read(Opcode.METADATA, McapStream.little(read(file, offset + 9, (int) length - 9)));
    }

    private static byte[] summary(FileChannel file) throws IOException {
        if (file.size() < MIN_BYTES) {
            return new byte[0];
        }
        long footerAt = file.size() - McapWriter.MAGIC.length - FOOTER_BYTES;
        byte[] end = read(file, footerAt, FOOTER_BYTES + McapWriter.MAGIC.length);
        ByteBuffer footer = McapStream.little(end);
        if (footer.get() != Opcode.FOOTER || footer.getLong() != FOOTER_BYTES - 9
                || !Arrays.equals(end, FOOTER_BYTES, end.length, McapWriter.MAGIC, 0, McapWriter.MAGIC.length)) {
            return new byte[0];
        }
        long start = footer.getLong();
        footer.getLong();
        int expected = footer.getInt();
        if (start <= 0 || start > footerAt || footerAt - start > Integer.MAX_VALUE / 2) {
            return new byte[0];
        }
        byte[] summary = read(file, start, (int) (footerAt - start));
        var crc = new CRC32();
        crc.update(summary);
        crc.update(end, 0, FOOTER_BYTES - 4);
        return expected != 0 && expected != (int) crc.getValue() ? new byte[0] : summary;
    }

    private static List<Chunk> chunks(byte[] summary) throws IOException {
        var chunks = new ArrayList<Chunk>();
        records(summary, (opcode, content) -> {
            if (opcode == Opcode.CHUNK_INDEX) {
                long start = content.getLong();
                long end = content.getLong();
                long offset = content.getLong();
                long length = content.getLong();
                if (length < 9 || length > Integer.MAX_VALUE / 2) {
                    throw new McapException("a chunk of " + length + " bytes is in the index");
                }
                chunks.add(new Chunk(start, end, offset, (int) length));
            }
        });
        return chunks;
    }

    private static void records(byte[] bytes, Records target) throws IOException {
        ByteBuffer buffer = McapStream.little(bytes);
        try {
            while (buffer.hasRemaining()) {
                int opcode = Byte.toUnsignedInt(buffer.get());
                long length = buffer.getLong();
                if (length < 0 || length > buffer.remaining()) {
                    throw new McapException("the summary is damaged");
                }
                var content = buffer.slice(buffer.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
                buffer.position(buffer.position() + (int) length);
                target.record(opcode, content);
            }
        } catch (BufferUnderflowException shorter) {
            throw new McapException("the summary is damaged");
        }
    }

    private static byte[] read(FileChannel file, long at, int length) throws IOException {
        if (at < 0 || at > file.size() - length) {
            throw new EOFException("cut off");
        }
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("cut off");
            }
        }
        return bytes.array();
    }

    private record Chunk(long start, long end, long offset, int length) {}

    private interface Records {

        void record(int opcode, ByteBuffer content) throws IOException;
    }

    private record Within(long from, long to, McapVisitor visitor) implements McapVisitor {

        @Override
        public void header(String profile, String library) {
            visitor.header(profile, library);
        }

        @Override
        public void schema(McapSchema schema) {
            visitor.schema(schema);
        }

        @Override
        public void channel(McapChannel channel) {
            visitor.channel(channel);
        }

        @Override
        public void message(McapMessage message) {
            if (message.time() >= from && message.time() <= to) {
                visitor.message(message);
            }
        }

        @Override
        public void metadata(McapMetadata metadata) {
            visitor.metadata(metadata);
        }
    }
}
