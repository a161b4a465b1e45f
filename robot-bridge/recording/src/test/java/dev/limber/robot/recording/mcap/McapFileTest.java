package dev.limber.robot.recording.mcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.random.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McapFileTest {

    private static final int CHUNKS = 5;
    private static final int PER_CHUNK = 20;

    @TempDir
    Path folder;

    /// Messages and, for each chunk, where it ends in the file.
    private record Written(Path file, List<String> messages, List<Long> chunkEnds) {}

    private Written write(String name) throws IOException {
        Path file = folder.resolve(name);
        var messages = new ArrayList<String>();
        var ends = new ArrayList<Long>();
        try (var writer = new McapWriter(file, "", "test")) {
            writer.metadata("about", Map.of("colour", "blue"));
            int schema = writer.schema("Number", "jsonschema", "{}".getBytes(StandardCharsets.UTF_8));
            int even = writer.channel(schema, "/even", "json");
            int odd = writer.channel(schema, "/odd", "json");
            for (int i = 0; i < CHUNKS * PER_CHUNK; i++) {
                String text = "{\"value\":" + i + "}";
                byte[] data = text.getBytes(StandardCharsets.UTF_8);
                writer.message(i % 2 == 0 ? even : odd, i, 1000L + i, data, data.length);
                messages.add(text);
                if (i % PER_CHUNK == PER_CHUNK - 1) {
                    writer.endChunk();
                    ends.add(Files.size(file) - 2L * (9 + 2 + 4 + 16 * PER_CHUNK / 2));
                }
            }
        }
        return new Written(file, messages, ends);
    }

    private static final class Heard implements McapVisitor {

        private final List<String> messages = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();
        private final List<McapMetadata> metadata = new ArrayList<>();

        @Override
        public void message(McapMessage message) {
            messages.add(StandardCharsets.UTF_8.decode(message.data()).toString());
            times.add(message.time());
        }

        @Override
        public void metadata(McapMetadata found) {
            metadata.add(found);
        }
    }

    @Test
    void wholeFileGivesEveryMessageInOrder() throws IOException {
        Written written = write("whole.mcap");
        var heard = new Heard();
        try (McapFile file = McapFile.open(written.file)) {
            assertTrue(file.indexed());
            file.readAll(heard);
            assertEquals(Optional.empty(), file.damage());
        }
        assertEquals(written.messages, heard.messages);
        assertEquals(List.of(new McapMetadata("about", Map.of("colour", "blue"))), heard.metadata);
    }

    @Test
    void everySpanByIndexIsTheSameAsWithoutIndex() throws IOException {
        Written written = write("whole.mcap");
        byte[] bytes = Files.readAllBytes(written.file);
        Path unclosed = Files.write(folder.resolve("unclosed.mcap"),
                java.util.Arrays.copyOf(bytes, bytes.length - McapWriter.MAGIC.length));
        try (McapFile indexed = McapFile.open(written.file);
                McapFile scanned = McapFile.open(unclosed)) {
            assertEquals(false, scanned.indexed());
            for (long from = 990; from < 1110; from += 7) {
                for (long to = from - 1; to < 1110; to += 13) {
                    var byIndex = new Heard();
                    var byScan = new Heard();
                    indexed.read(from, to, byIndex);
                    scanned.read(from, to, byScan);
                    assertEquals(byScan.times, byIndex.times, from + " to " + to);
                    assertEquals(byScan.metadata, byIndex.metadata);
                    for (long time : byIndex.times) {
                        assertTrue(from <= time && time <= to);
                    }
                }
            }
        }
    }

    @Test
    void fileCutAtAnyByteGivesAllItsWholeChunks() throws IOException {
        Written written = write("whole.mcap");
        byte[] bytes = Files.readAllBytes(written.file);
        Path cut = folder.resolve("cut.mcap");
        for (int length = 0; length < bytes.length; length++) {
            Files.write(cut, java.util.Arrays.copyOf(bytes, length));
            if (length < McapWriter.MAGIC.length) {
                assertThrows(McapException.class, () -> McapFile.open(cut).close());
                continue;
            }
            int size = length;
            int whole = (int) written.chunkEnds.stream().filter(end -> end <= size).count();
            var heard = new Heard();
            try (McapFile file = McapFile.open(cut)) {
                file.read(Long.MIN_VALUE, Long.MAX_VALUE, heard);
                assertEquals(Optional.of("cut off at byte " + length), file.damage());
            }
            assertEquals(written.messages.subList(0, whole * PER_CHUNK), heard.messages, "cut at byte " + length);
        }
    }

    @Test
    void flippedBitsNeverMakeMessagesThatWereNotWritten() throws IOException {
        Written written = write("whole.mcap");
        var known = new HashSet<>(written.messages);
        byte[] bytes = Files.readAllBytes(written.file);
        Path file = folder.resolve("flipped.mcap");
        var random = new SeededRandom(7);
        for (int round = 0; round < 3000; round++) {
            byte[] flipped = bytes.clone();
            int at = McapWriter.MAGIC.length + random.nextInt(bytes.length - McapWriter.MAGIC.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            var heard = new Heard();
            try (McapFile opened = McapFile.open(file)) {
                opened.read(Long.MIN_VALUE, Long.MAX_VALUE, heard);
                opened.readAll(heard);
            } catch (McapException named) {
                assertTrue(!named.getMessage().isEmpty());
            }
            assertTrue(known.containsAll(heard.messages), "bit flipped in byte " + at);
        }
    }

    @Test
    void randomBytesAfterTheMagicNeverMakeMessages() throws IOException {
        var random = new SeededRandom(11);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[McapWriter.MAGIC.length + random.nextInt(400)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = i < McapWriter.MAGIC.length ? McapWriter.MAGIC[i] : (byte) random.nextInt(16);
            }
            var heard = new Heard();
            assertTrue(McapStream.read(new ByteArrayInputStream(bytes), heard).isPresent());
            assertEquals(List.of(), heard.messages);
        }
    }

    @Test
    void fileThatIsNoneIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text.mcap"), "not at all what is wanted here");
        assertTrue(assertThrows(McapException.class, () -> McapFile.open(file).close()).getMessage()
                .contains("is no MCAP file"));
    }
}
