package dev.limber.benchmarks;

import dev.limber.robot.testing.WireLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Every byte on an emulated line with its time, kept off the heap while it is measured and written to a file afterwards.
final class WireTape implements WireLog {

    private static final byte RECEIVED = '>';
    private static final byte SENT = '<';
    private static final int HEADER = Long.BYTES + 1 + Integer.BYTES;

    private final ByteBuffer tape;

    /// @param bytes how many there is room for; what comes later is an error
    WireTape(int bytes) {
        tape = ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public void received(long nanoTime, byte[] bytes, int count) {
        keep(nanoTime, RECEIVED, bytes, count);
    }

    @Override
    public void sent(long nanoTime, byte[] bytes, int count) {
        keep(nanoTime, SENT, bytes, count);
    }

    private void keep(long nanoTime, byte direction, byte[] bytes, int count) {
        tape.putLong(nanoTime).put(direction).putInt(count).put(bytes, 0, count);
    }

    void write(Path file) throws IOException {
        try (var out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            ByteBuffer rest = tape.flip();
            while (rest.hasRemaining()) {
                out.write(rest);
            }
        }
    }

    /// Plays a file to somebody.
    static void play(Path file, WireLog to) {
        try (var in = FileChannel.open(file)) {
            ByteBuffer tape = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size());
            byte[] bytes = new byte[1 << 16];
            while (tape.remaining() >= HEADER) {
                long nanoTime = tape.getLong();
                boolean received = tape.get() == RECEIVED;
                int count = tape.getInt();
                tape.get(bytes, 0, count);
                if (received) {
                    to.received(nanoTime, bytes, count);
                } else {
                    to.sent(nanoTime, bytes, count);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
