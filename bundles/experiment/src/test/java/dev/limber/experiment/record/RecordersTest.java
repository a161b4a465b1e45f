package dev.limber.experiment.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.metrics.MetricsRow;
import dev.limber.api.metrics.Recorder;
import dev.limber.api.metrics.RecorderFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordersTest {

    @TempDir
    private Path run;

    private static MetricsRow row(long step, Object... values) {
        var map = new LinkedHashMap<String, Double>();
        for (int i = 0; i < values.length; i += 2) {
            map.put((String) values[i], (Double) values[i + 1]);
        }
        return new MetricsRow(step, step / 1000.0, map);
    }

    @Test
    void csvGrowsColumnsAndDropsRowsBeyondTheStep() throws IOException {
        try (Recorder csv = new CsvRecorderFactory().open(run, 0)) {
            csv.record(row(1000, "loss", 0.1));
            csv.record(row(2000, "loss", Double.NaN, "return", 1e-9));
            csv.record(row(3000, "return", 3.0));
        }
        Path file = run.resolve("metrics.csv");
        List<String> whole = List.of("step,seconds,loss,return", "1000,1.000,0.1,", "2000,2.000,NaN,1.0E-9",
                "3000,3.000,,3.0");
        assertEquals(whole, Files.readAllLines(file));
        Files.writeString(file, "4000,4.0", StandardOpenOption.APPEND); // as a killed process leaves it
        try (Recorder csv = new CsvRecorderFactory().open(run, 2500)) {
            csv.record(row(3000, "return", 3.0));
        }
        assertEquals(whole, Files.readAllLines(file));
    }

    @Test
    void tensorBoardGetsRecordsWithRightChecksums() throws IOException {
        var factory = new TensorBoardRecorderFactory();
        try (Recorder board = factory.open(run, 0)) {
            board.record(row(1000, "policy/loss", 0.5));
            board.record(row(300_000, "policy/loss", 0.25, "episode/return", -1.0));
        }
        Path file = eventFile();
        assertTrue(file.getFileName().toString().matches("events\\.out\\.tfevents\\.\\d{10}\\..+"), file.toString());
        List<byte[]> records = records(file);
        assertEquals(3, records.size());
        assertTrue(new String(records.getFirst(), StandardCharsets.ISO_8859_1).endsWith("brain.Event:2"));
        ByteBuffer event = ByteBuffer.wrap(records.get(1)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0x09, event.get()); // field 1, 64 bits: the time
        assertEquals(System.currentTimeMillis() / 1000.0, event.getDouble(), 60);
        assertEquals(0x10, event.get()); // field 2, varint: the step
        assertEquals(1000, (event.get() & 0x7f) | event.get() << 7);
        assertEquals(0x2a, event.get()); // field 5, message: the summary
        assertEquals(event.get(), event.remaining());
        assertEquals(0x0a, event.get()); // field 1, message: a value
        assertEquals(event.get(), event.remaining());
        assertEquals(0x0a, event.get()); // field 1, text: the tag
        var tag = new byte[event.get()];
        event.get(tag);
        assertEquals("policy/loss", new String(tag, StandardCharsets.UTF_8));
        assertEquals(0x15, event.get()); // field 2, 32 bits: the value
        assertEquals(0.5f, event.getFloat());
        assertEquals(0, event.remaining());

        byte[] first = Files.readAllBytes(file);
        Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND); // as a killed process leaves it
        factory.open(run, 300_000).close();
        assertEquals(first.length, Files.size(file));
        factory.open(run, 299_999).close();
        assertEquals(2, records(file).size());
    }

    private Path eventFile() throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(file -> file.getFileName().toString().startsWith("events")).findFirst().orElseThrow();
        }
    }

    /// Records whose checksums are right, by a bitwise CRC-32C that shares nothing with the writer's.
    private static List<byte[]> records(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var records = new ArrayList<byte[]>();
        while (buffer.hasRemaining()) {
            var length = new byte[8];
            buffer.get(length);
            assertEquals(masked(length), buffer.getInt());
            var data = new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
            buffer.get(data);
            assertEquals(masked(data), buffer.getInt());
            records.add(data);
        }
        return records;
    }

    private static int masked(byte[] data) {
        int crc = ~0;
        for (byte each : data) {
            crc ^= each & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) * 0x82f63b78);
            }
        }
        crc = ~crc;
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    /// Opens a recorder that was compiled against something else.
    private static final RecorderFactory UNLINKED = (run, step) -> new Recorder() {
        @Override
        public void record(MetricsRow row) {
            throw new NoSuchMethodError("row.values()");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            throw new NoSuchMethodError("run.close()");
        }
    };

    /// Opens a recorder whose file is gone.
    private static final RecorderFactory BROKEN = (run, step) -> {
        Recorder recorder = new CsvRecorderFactory().open(Files.createTempDirectory(run, "other"), step);
        recorder.close();
        return recorder;
    };

    private static Map<String, RecorderFactory> factories(RecorderFactory other, RecorderFactory csv) {
        var factories = new LinkedHashMap<String, RecorderFactory>();
        factories.put("other", other);
        factories.put("csv", csv);
        return factories;
    }

    private List<String> steps() throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream().map(line -> line.split(",")[0]).toList();
    }

    @Test
    void anotherRecorderTakesUpTheFileWithoutLosingOrDoublingARow() throws Exception {
        var opened = new AtomicInteger();
        try (var thread = new RecorderThread(factories(new TensorBoardRecorderFactory(), new CsvRecorderFactory()), run,
                0, note -> {})) {
            for (int row = 1; row <= 20; row++) {
                thread.record(row(row, "loss", (double) row));
                assertEquals(new RecorderThread.Outcome(true, Optional.empty()), thread.change(factories(
                        (where, step) -> new TensorBoardRecorderFactory().open(where, step), (where, step) -> {
                            opened.incrementAndGet();
                            return new CsvRecorderFactory().open(where, step);
                        })));
            }
        }
        assertEquals(20, opened.get());
        var expected = new ArrayList<>(List.of("step"));
        for (int row = 1; row <= 20; row++) {
            expected.add(Integer.toString(row));
        }
        assertEquals(expected, steps());
        assertEquals(21, records(eventFile()).size());
    }

    @Test
    void aRecorderThatCannotRecordTheLastRowIsRefusedAndTheOldOneGoesOn() throws Exception {
        var notes = new ArrayList<String>();
        RecorderFactory csv = new CsvRecorderFactory();
        RecorderFactory board = new TensorBoardRecorderFactory();
        try (var thread = new RecorderThread(factories(board, csv), run, 0, notes::add)) {
            thread.record(row(1, "loss", 1.0));
            thread.record(row(2, "loss", 2.0));
            assertTrue(
                    thread.change(factories(board, BROKEN)).refusal().orElseThrow().startsWith("recorder csv failed"));
            thread.record(row(3, "loss", 3.0));
        }
        assertEquals(List.of("step", "1", "2", "3"), steps());
        assertEquals(4, records(eventFile()).size());
        assertEquals(List.of(), notes);
    }

    private static Stream<RecorderFactory> failing() {
        return Stream.of(BROKEN, UNLINKED);
    }

    @ParameterizedTest
    @MethodSource("failing")
    void aRecorderThatFailsIsDroppedAndTheOthersGoOn(RecorderFactory failing) throws IOException {
        var notes = new ArrayList<String>();
        try (var thread = new RecorderThread(factories(failing, new CsvRecorderFactory()), run, 0, notes::add)) {
            thread.record(row(1, "loss", 1.0));
            thread.record(row(2, "loss", 2.0));
            thread.flush();
            assertEquals(3, Files.readAllLines(run.resolve("metrics.csv")).size());
        }
        assertEquals(1, notes.size());
        assertTrue(notes.getFirst().startsWith("recorder other failed and is left out from now on"));
    }
}
