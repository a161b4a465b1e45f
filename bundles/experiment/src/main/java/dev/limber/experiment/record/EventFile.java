package dev.limber.experiment.record;

import dev.limber.api.metrics.MetricsRow;
import dev.limber.api.metrics.Recorder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A TensorBoard event file: TFRecords of `Event` messages, whose few fields are written by hand.
///
/// Source: tensorflow/core/lib/io/record_writer.h (records), tensorflow/core/util/event.proto and
/// tensorflow/core/framework/summary.proto (messages).
final class EventFile implements Recorder {

    private static final int HEADER = 12;
    private static final int FOOTER = 4;
    private static final int LONGEST = 1 << 24;

    private final FileChannel channel;

    /// Opens a file to go on with it after `step`.
    EventFile(Path file, long step) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long end = endOf(step);
            channel.truncate(end);
            channel.position(end);
            if (end == 0) {
                var event = new Message();
                event.fixed64(1, Double.doubleToRawLongBits(now()));
                event.bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
                append(event.toByteArray());
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Where the whole records up to a step end.
    private long endOf(long step) throws IOException {
        long at = 0;
        while (true) {
            Optional<byte[]> record = read(at);
            if (record.isEmpty() || stepOf(record.get()) > step) {
                return at;
            }
            at += HEADER + record.get().length + FOOTER;
        }
    }

    private Optional<byte[]> read(long at) throws IOException {
        ByteBuffer header = readFully(at, HEADER);
        if (header.remaining() < HEADER) {
            return Optional.empty();
        }
        long length = header.getLong(0);
        if (maskedChecksum(header.array(), 8) != header.getInt(8) || length < 0 || length > LONGEST) {
            return Optional.empty();
        }
        ByteBuffer rest = readFully(at + HEADER, (int) length + FOOTER);
        if (rest.remaining() < length + FOOTER
                || maskedChecksum(rest.array(), (int) length) != rest.getInt((int) length)) {
            return Optional.empty();
        }
        byte[] data = new byte[(int) length];
        rest.get(data);
        return Optional.of(data);
    }

    private ByteBuffer readFully(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
            // reads on
        }
        return buffer.flip();
    }

    /// The field `step` of an event; 0 where it has none.
    private static long stepOf(byte[] event) {
        int at = 0;
        while (at < event.length) {
            int key = event[at++];
            if (key == (2 << 3)) {
                long value = 0;
                for (int shift = 0; at < event.length; shift += 7) {
                    byte part = event[at++];
                    value |= (long) (part & 0x7f) << shift;
                    if (part >= 0) {
                        break;
                    }
                }
                return value;
            }
            if (key != (1 << 3 | 1)) {
                return 0; // time and step come first in the events written here
            }
            at += 8;
        }
        return 0;
    }

    @Override
    public void record(MetricsRow row) throws IOException {
        var summary = new Message();
        row.values().forEach((name, value) -> {
            var scalar = new Message();
            scalar.bytes(1, name.getBytes(StandardCharsets.UTF_8));
            scalar.fixed32(2, Float.floatToRawIntBits(value.floatValue()));
            summary.bytes(1, scalar.toByteArray());
        });
        var event = new Message();
        event.fixed64(1, Double.doubleToRawLongBits(now()));
        event.varint(2, row.step());
        event.bytes(5, summary.toByteArray());
        append(event.toByteArray());
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    private void append(byte[] data) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(HEADER + data.length + FOOTER).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedChecksum(record.array(), 8));
        record.put(data);
        record.putInt(maskedChecksum(data, data.length));
        record.flip();
        while (record.hasRemaining()) {
            channel.write(record);
        }
    }

    /// CRC-32C, rotated and moved, as TFRecord wants it.
    static int maskedChecksum(byte[] data, int length) {
        var crc = new CRC32C();
        crc.update(data, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    @Override
    public void flush() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// A protocol buffer message being written.
    private static final class Message extends ByteArrayOutputStream {

        void varint(int field, long value) {
            raw((long) field << 3);
            raw(value);
        }

        void fixed64(int field, long value) {
            raw((long) field << 3 | 1);
            for (int i = 0; i < 8; i++) {
                write((int) (value >>> 8 * i));
            }
        }

        void fixed32(int field, int value) {
            raw((long) field << 3 | 5);
            for (int i = 0; i < 4; i++) {
                write(value >>> 8 * i);
            }
        }

        void bytes(int field, byte[] value) {
            raw((long) field << 3 | 2);
            raw(value.length);
            write(value, 0, value.length);
        }

        private void raw(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            write((int) rest);
        }
    }
}
