package dev.limber.robot.recording.mcap;

import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// Writes an MCAP file: messages in compressed chunks, an index of each, and a summary at the end.
///
/// Schemas, channels and metadata stand outside chunks and are on their way to the disk when their method returns; a
/// chunk is written whole with its index in one call, so that a file that is cut off anywhere holds whole chunks up to
/// there. Not thread-safe.
public final class McapWriter implements AutoCloseable {

    static final byte[] MAGIC = {(byte) 0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};
    static final String ZSTD = "zstd";

    /// A chunk that has grown to this ends [bytes].
    private static final int CHUNK_BYTES = 1 << 20;

    private final FileChannel file;
    private final CRC32 dataCrc = new CRC32();
    private final ZstdJavaCompressor compressor = new ZstdJavaCompressor();
    private final RecordBytes out = new RecordBytes(1 << 16);
    private final RecordBytes chunk = new RecordBytes(CHUNK_BYTES + (1 << 16));
    private final List<MessageTimes> channels = new ArrayList<>();
    private final RecordBytes schemaRecords = new RecordBytes(1 << 12);
    private final RecordBytes channelRecords = new RecordBytes(1 << 12);
    private final RecordBytes metadataIndexes = new RecordBytes(1 << 8);
    private final RecordBytes chunkIndexes = new RecordBytes(1 << 12);
    private int schemas;
    private int chunks;
    private int metadata;
    private long position;
    private long chunkStart;
    private long chunkEnd;
    private long start = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;
    private boolean closed;

    /// Begins a file, which must not exist.
    ///
    /// @param profile conventions that the messages follow; empty for none
    /// @param library what writes it
    public McapWriter(Path path, String profile, String library) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            out.bytes(MAGIC, 0, MAGIC.length);
            int header = out.begin(Opcode.HEADER);
            out.text(profile).text(library);
            out.end(header);
            writeData();
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /// Adds a schema.
    ///
    /// @return its number, from 1 on
    public int schema(String name, String encoding, byte[] data) throws IOException {
        int number = ++schemas;
        int record = out.begin(Opcode.SCHEMA);
        out.u16(number).text(name).text(encoding).u32(data.length).bytes(data, 0, data.length);
        out.end(record);
        schemaRecords.bytes(out.array(), 0, out.size());
        writeData();
        return number;
    }

    /// Adds a channel.
    ///
    /// @return its number, from 0 on
    public int channel(int schema, String topic, String messageEncoding) throws IOException {
        int number = channels.size();
        channels.add(new MessageTimes());
        int record = out.begin(Opcode.CHANNEL);
        out.u16(number).u16(schema).text(topic).text(messageEncoding).texts(Map.of());
        out.end(record);
        channelRecords.bytes(out.array(), 0, out.size());
        writeData();
        return number;
    }

    /// Adds metadata.
    public void metadata(String name, Map<String, String> values) throws IOException {
        int record = out.begin(Opcode.METADATA);
        out.text(name).texts(values);
        out.end(record);
        metadata++;
        int index = metadataIndexes.begin(Opcode.METADATA_INDEX);
        metadataIndexes.u64(position).u64(out.size()).text(name);
        metadataIndexes.end(index);
        writeData();
    }

    /// Adds a message to the open chunk, which ends where it is full.
    ///
    /// @param channel its number
    /// @param sequence counts the messages of a channel, by the writer's own rule
    /// @param time of the message, since 1970 [ns]
    public void message(int channel, int sequence, long time, byte[] data, int length) throws IOException {
        if (chunk.size() == 0) {
            chunkStart = Long.MAX_VALUE;
            chunkEnd = Long.MIN_VALUE;
        }
        channels.get(channel).add(time, chunk.size());
        chunkStart = Math.min(chunkStart, time);
        chunkEnd = Math.max(chunkEnd, time);
        int record = chunk.begin(Opcode.MESSAGE);
        chunk.u16(channel).u32(sequence).u64(time).u64(time).bytes(data, 0, length);
        chunk.end(record);
        if (chunk.size() >= CHUNK_BYTES) {
            endChunk();
        }
    }

    /// Ends the open chunk, so that what was added so far is in the file.
    public void endChunk() throws IOException {
        if (chunk.size() == 0) {
            return;
        }
        int record = out.begin(Opcode.CHUNK);
        out.u64(chunkStart).u64(chunkEnd).u64(chunk.size()).u32((int) crc(chunk)).text(ZSTD).u64(0);
        int compressedAt = out.size();
        int room = compressor.maxCompressedLength(chunk.size());
        out.reserve(room);
        int compressed = compressor.compress(chunk.array(), 0, chunk.size(), out.array(), compressedAt, room);
        out.setU64(compressedAt - 8, compressed);
        out.skip(compressed);
        out.end(record);
        int chunkLength = out.size();

        int index = chunkIndexes.begin(Opcode.CHUNK_INDEX);
        chunkIndexes.u64(chunkStart).u64(chunkEnd).u64(position).u64(chunkLength);
        int used = (int) channels.stream().filter(times -> times.count > 0).count();
        chunkIndexes.u32(used * (2 + 8));
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).count > 0) {
                chunkIndexes.u16(i).u64(position + out.size());
                channels.get(i).write(out, i);
            }
        }
        chunkIndexes.u64(out.size() - chunkLength).text(ZSTD).u64(compressed).u64(chunk.size());
        chunkIndexes.end(index);

        chunks++;
        start = Math.min(start, chunkStart);
        end = Math.max(end, chunkEnd);
        chunk.clear();
        writeData();
    }

    /// Waits until what was written is on the disk. May be called while another thread writes.
    public void force() throws IOException {
        file.force(false);
    }

    /// Ends the file with its summary. Further calls do nothing.
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            endChunk();
            int dataEnd = out.begin(Opcode.DATA_END);
            out.u32((int) dataCrc.getValue());
            out.end(dataEnd);
            writeSummary();
            file.force(true);
        }
    }

    private void writeSummary() throws IOException {
        int from = out.size();
        long summaryStart = position + from;
        var offsets = new RecordBytes(1 << 8);
        group(offsets, Opcode.SCHEMA, schemaRecords);
        group(offsets, Opcode.CHANNEL, channelRecords);
        group(offsets, Opcode.STATISTICS, statistics());
        group(offsets, Opcode.METADATA_INDEX, metadataIndexes);
        group(offsets, Opcode.CHUNK_INDEX, chunkIndexes);
        long offsetStart = position + out.size();
        out.bytes(offsets.array(), 0, offsets.size());
        int footer = out.begin(Opcode.FOOTER);
        out.setU64(footer - 8, 8 + 8 + 4); // which the check sum covers
        out.u64(summaryStart).u64(offsetStart);
        var crc = new CRC32();
        crc.update(out.array(), from, out.size() - from);
        out.u32((int) crc.getValue());
        out.bytes(MAGIC, 0, MAGIC.length);
        write();
    }

    private void group(RecordBytes offsets, int opcode, RecordBytes records) {
        if (records.size() > 0) {
            int record = offsets.begin(Opcode.SUMMARY_OFFSET);
            offsets.u8(opcode).u64(position + out.size()).u64(records.size());
            offsets.end(record);
            out.bytes(records.array(), 0, records.size());
        }
    }

    private RecordBytes statistics() {
        var statistics = new RecordBytes(1 << 8);
        long messages = channels.stream().mapToLong(times -> times.total).sum();
        int record = statistics.begin(Opcode.STATISTICS);
        statistics.u64(messages).u16(schemas).u32(channels.size()).u32(0).u32(metadata).u32(chunks)
                .u64(messages == 0 ? 0 : start).u64(messages == 0 ? 0 : end).u32(channels.size() * (2 + 8));
        for (int i = 0; i < channels.size(); i++) {
            statistics.u16(i).u64(channels.get(i).total);
        }
        statistics.end(record);
        return statistics;
    }

    private void writeData() throws IOException {
        dataCrc.update(out.array(), 0, out.size());
        write();
    }

    private void write() throws IOException {
        var bytes = ByteBuffer.wrap(out.array(), 0, out.size());
        position += out.size();
        out.clear();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private static long crc(RecordBytes bytes) {
        var crc = new CRC32();
        crc.update(bytes.array(), 0, bytes.size());
        return crc.getValue();
    }

    /// When the messages of one channel in the open chunk were, and where they stand in it.
    private static final class MessageTimes {

        private long[] entries = new long[512];
        private int count;
        private long total;

        void add(long time, int offset) {
            if (2 * count == entries.length) {
                entries = java.util.Arrays.copyOf(entries, 2 * entries.length);
            }
            entries[2 * count] = time;
            entries[2 * count + 1] = offset;
            count++;
            total++;
        }

        void write(RecordBytes out, int channel) {
            int record = out.begin(Opcode.MESSAGE_INDEX);
            out.u16(channel).u32(count * 16);
            for (int i = 0; i < 2 * count; i++) {
                out.u64(entries[i]);
            }
            out.end(record);
            count = 0;
        }
    }
}
