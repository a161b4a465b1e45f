package dev.limber.experiment.run;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// JSON files that are replaced whole.
final class Json {

    private Json() {}

    /// Writes a file beside the old one and puts it in its place.
    static void write(Path file, Map<String, Object> tree) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        String text = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(tree) + "\n";
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Reads a file.
    static Map<String, Object> read(Path file) throws IOException {
        return JSON.std.mapFrom(Files.readString(file));
    }
}
