package dev.limber.experiment.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    @TempDir
    private Path directory;

    private Checkpoints checkpoints;

    @BeforeEach
    void open() throws IOException {
        checkpoints = new Checkpoints(directory);
        checkpoints.open();
    }

    private static State state() {
        return new State("test", 3).put("text", "a \"b\"\n\u00e9").put("long", Long.MIN_VALUE)
                .put("tiny", Double.MIN_VALUE)
                .put("tenth", 0.1).put("minusZero", -0.0).put("infinite", Double.NEGATIVE_INFINITY)
                .put("nan", Double.longBitsToDouble(0x7ff8_0000_0000_1234L)).put("flag", true)
                .put("bytes", new byte[] {1, -1, 3}).put("inner", new State("inner", 1)
                        .put("floats", new float[] {1.5f, Float.NaN, -0f, 4, 5, 6}, 2, 3).put("empty", new double[0]))
                .put("longs", new long[] {Long.MAX_VALUE}).put("ints", new int[] {-7, 8});
    }

    private void write(long step, boolean best) throws IOException {
        checkpoints.write(new Checkpoint(step, Map.of("seed", 5L), state()), 2, best);
    }

    private static void assertSame(State expected, State actual) {
        assertEquals(List.copyOf(expected.names()), List.copyOf(actual.names()));
        assertEquals(expected.schema() + expected.version(), actual.schema() + actual.version());
        expected.entries().forEach((name, value) -> {
            switch (value) {
                case State nested -> assertSame(nested, actual.state(name));
                case Double number -> assertEquals(Double.doubleToRawLongBits(number),
                        Double.doubleToRawLongBits(actual.number(name)), name);
                default -> assertEquals(value, actual.entries().get(name), name);
            }
        });
    }

    @Test
    void everyValueComesBackWithItsBits() throws IOException {
        write(10, false);
        Checkpoint read = checkpoints.read("10", note -> {});
        assertEquals(10, read.step());
        assertSame(state(), read.state());
    }

    @Test
    void theNewestAndTheBestStay() throws IOException {
        write(1, false);
        write(2, true);
        write(3, false);
        write(4, false);
        assertEquals(List.of(3L, 4L), checkpoints.steps());
        assertEquals(2, checkpoints.read("best", note -> {}).step());
        assertEquals(4, checkpoints.read("latest", note -> {}).step());
        String message = assertThrows(UsageException.class, () -> checkpoints.read("2", note -> {})).getMessage();
        assertEquals("there is no checkpoint '2' in " + directory + "; there are latest, best, 3, 4", message);
    }

    @Test
    void anyDamageIsFound() throws IOException {
        write(1, false);
        write(2, false);
        Path newest = directory.resolve("2.zip");
        byte[] whole = Files.readAllBytes(newest);
        for (int cut : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
            Files.write(newest, Arrays.copyOf(whole, cut));
            var notes = new ArrayList<String>();
            assertEquals(1, checkpoints.newest(notes::add).orElseThrow().step());
            assertEquals(List.of("checkpoint 2 is skipped: it is no whole zip"), notes);
        }
        int tensors = new String(whole, StandardCharsets.ISO_8859_1).indexOf("data_offsets") + 200;
        byte[] flipped = whole.clone();
        flipped[tensors] ^= 0x10;
        Files.write(newest, flipped);
        assertEquals(1, checkpoints.newest(note -> {}).orElseThrow().step());
    }

    @Test
    void halfWrittenFilesGoAtTheNextOpening() throws IOException {
        Files.write(directory.resolve("9.zip.tmp"), new byte[100]);
        checkpoints.open();
        assertFalse(Files.exists(directory.resolve("9.zip.tmp")));
    }

    /// Reads the tensors with code that shares nothing with the writer.
    @Test
    void tensorsFollowTheSafetensorsFormat() throws IOException {
        write(1, false);
        byte[] file;
        try (var zip = new ZipFile(directory.resolve("1.zip").toFile())) {
            file = zip.getInputStream(zip.getEntry("tensors.safetensors")).readAllBytes();
        }
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) buffer.getLong();
        assertEquals(0, length % 8);
        Map<String, Object> header = JSON.std.mapFrom(new String(file, 8, length, StandardCharsets.UTF_8));
        Map<?, ?> floats = (Map<?, ?>) header.get("inner/floats");
        assertEquals("F32", floats.get("dtype"));
        assertEquals(List.of(2, 3), floats.get("shape"));
        int from = (Integer) ((List<?>) floats.get("data_offsets")).getFirst();
        assertEquals(1.5f, buffer.getFloat(8 + length + from));
        assertEquals(6f, buffer.getFloat(8 + length + from + 20));
        int longs = (Integer) ((List<?>) ((Map<?, ?>) header.get("longs")).get("data_offsets")).getFirst();
        assertEquals(Long.MAX_VALUE, buffer.getLong(8 + length + longs));
        long end = 0;
        for (Object each : header.values()) { // no gaps, no overlaps, in order
            List<?> offsets = (List<?>) ((Map<?, ?>) each).get("data_offsets");
            assertEquals(end, ((Number) offsets.getFirst()).longValue());
            end = ((Number) offsets.getLast()).longValue();
        }
        assertEquals(file.length, 8 + length + end);
        assertEquals(List.of("F64", "I64", "F32", "I32", "U8"), header.values().stream()
                .map(each -> ((Map<?, ?>) each).get("dtype")).distinct().toList());
        assertEquals(Tensor.Type.UINT8, checkpoints.read("1", note -> {}).state().tensor("bytes").type());
    }
}
