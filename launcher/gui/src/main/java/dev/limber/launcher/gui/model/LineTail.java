package dev.limber.launcher.gui.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;

/// Reads the lines that are added to a file. One thread.
final class LineTail {

    private final Path file;
    private long offset;
    private Object key;
    private boolean restarted;

    LineTail(Path file) {
        this.file = file;
    }

    /// The whole lines that have been added since the last call; all of them where the file has been replaced or cut.
    List<String> read() throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            restarted = attributes.size() < offset || !Objects.equals(key, attributes.fileKey());
            if (restarted) {
                offset = 0;
                key = attributes.fileKey();
            }
            return attributes.size() == offset ? List.of() : added(attributes.size());
        } catch (NoSuchFileException notYet) {
            return List.of();
        }
    }

    private List<String> added(long size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size - offset));
        try (var channel = FileChannel.open(file)) {
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
                // until all has been read
            }
        }
        int end = bytes.position();
        while (end > 0 && bytes.get(end - 1) != '\n') {
            end--;
        }
        offset += end;
        return new String(bytes.array(), 0, end, StandardCharsets.UTF_8).lines().toList();
    }

    /// True where the last [#read] began at the file's first line.
    boolean restarted() {
        return restarted;
    }
}
