package dev.limber.robot.recording.mcap;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// Reads MCAP from its beginning, without looking back: from files that were cut off, and from pipes.
public final class McapStream {

    private static final long MAX_RECORD_BYTES = 1L << 30;

    private McapStream() {}

    /// Reads up to the end, or to where the file was cut off. Chunks that are damaged are left out.
    ///
    /// @return what is wrong with it, one line; empty where it is whole
    /// @throws McapException where it does not begin as MCAP does
    public static Optional<String> read(InputStream stream, McapVisitor visitor) throws IOException {
        var in = new Counting(new BufferedInputStream(stream, 1 << 16));
        if (!Arrays.equals(in.exactly(McapWriter.MAGIC.length, true), McapWriter.MAGIC)) {
            throw new McapException("it does not begin as MCAP files do");
        }
        var reader = new RecordReader(visitor);
        String damage = null;
        while (true) {
            long at = in.position;
            try {
                int opcode = in.exactly(1, false)[0] & 0xFF;
                long length = little(in.exactly(8, false)).getLong();
                if (length < 0 || length > MAX_RECORD_BYTES) {
                    return Optional.of("damaged at byte " + at);
                }
                byte[] content = in.exactly((int) length, false);
                if (opcode == Opcode.FOOTER) {
                    in.exactly(McapWriter.MAGIC.length, false);
                    return Optional.ofNullable(damage);
                }
                reader.read(opcode, little(content));
            } catch (EOFException cut) {
                return Optional.of("cut off at byte " + in.position);
            } catch (McapException wrong) {
                if (damage == null) {
                    damage = wrong.getMessage() + ", at byte " + at;
                }
            }
        }
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static final class Counting {

        private final InputStream in;
        private long position;

        Counting(InputStream in) {
            this.in = in;
        }

        byte[] exactly(int length, boolean orLess) throws IOException {
            byte[] bytes = in.readNBytes(length);
            position += bytes.length;
            if (bytes.length < length && !orLess) {
                throw new EOFException();
            }
            return bytes;
        }
    }
}
