package dev.limber.deploy;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// The last bytes of a ZIP file. They are written last, so that without them a file is a copy in progress, or the rest of
/// one; finding that out reads little of it.
///
/// Source: PKWARE, APPNOTE.TXT 6.3.10, section 4.3.16.
final class EndRecord {

    private static final int SIGNATURE = 0x06054b50;
    private static final int LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long IN_ZIP64 = 0xffffffffL;

    private EndRecord() {}

    /// Throws unless a file starts as a ZIP file and ends as one.
    static void require(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size == 0) {
                throw new UsageException("it is empty; copy it again");
            }
            ByteBuffer head = read(channel, 0, 2);
            if (head.get(0) != 'P' || size > 1 && head.get(1) != 'K') {
                throw new UsageException("it is no jar");
            }
            long start = Math.max(0, size - LENGTH - LONGEST_COMMENT);
            ByteBuffer tail = read(channel, start, (int) (size - start));
            for (int at = tail.limit() - LENGTH; at >= 0; at--) {
                if (tail.getInt(at) == SIGNATURE && at + LENGTH + (tail.getShort(at + 20) & 0xffff) == tail.limit()) {
                    long directory = tail.getInt(at + 12) & 0xffffffffL;
                    long offset = tail.getInt(at + 16) & 0xffffffffL;
                    if (directory != IN_ZIP64 && offset != IN_ZIP64 && offset + directory > start + at) {
                        break;
                    }
                    return;
                }
            }
            throw new UsageException("it is no whole jar: its end is missing; copy it again");
        }
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
            continue;
        }
        return bytes.flip();
    }
}
