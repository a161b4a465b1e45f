package dev.limber.robot.testing;

import dev.limber.api.plugin.UsageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/// A text file with a line for every piece of bytes: the time of [System#nanoTime] in nanoseconds, `>` for what the
/// servos received and `<` for what they sent, and the bytes in hexadecimal.
public final class WireLogFile implements WireLog, AutoCloseable {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    private final OutputStream out;

    /// @param file must not exist
    /// @throws UsageException where it cannot be written
    public WireLogFile(Path file) {
        try {
            out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
        } catch (IOException failure) {
            throw new UsageException("cannot write " + file + ": " + failure.getClass().getSimpleName());
        }
    }

    @Override
    public void received(long nanoTime, byte[] bytes, int count) {
        line(nanoTime, " > ", bytes, count);
    }

    @Override
    public void sent(long nanoTime, byte[] bytes, int count) {
        line(nanoTime, " < ", bytes, count);
    }

    private synchronized void line(long nanoTime, String direction, byte[] bytes, int count) {
        try {
            out.write((nanoTime + direction + HEX.formatHex(bytes, 0, count) + "\n")
                    .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
