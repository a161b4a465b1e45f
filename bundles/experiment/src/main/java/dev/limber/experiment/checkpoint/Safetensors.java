package dev.limber.experiment.checkpoint;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.limber.api.state.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Tensors in the safetensors format: eight bytes with the length of a JSON header, the header padded with blanks to a
/// multiple of eight, and the numbers in little-endian order. Both ways stream, so tensors may be larger than an array.
///
/// Source: https://huggingface.co/docs/safetensors, "Format".
final class Safetensors {

    private static final int CHUNK = 1 << 18;
    private static final int LONGEST_HEADER = 100_000_000;

    private Safetensors() {}

    /// Writes tensors, the widest elements first, so that each is aligned where the file is mapped.
    static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
        requireLittleEndian();
        List<Map.Entry<String, Tensor>> ordered = new ArrayList<>(tensors.entrySet());
        ordered.sort(Comparator.comparingInt(entry -> -entry.getValue().type().bytes()));
        var header = new LinkedHashMap<String, Object>();
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : ordered) {
            Tensor tensor = entry.getValue();
            long end = offset + tensor.memory().byteSize();
            var description = new LinkedHashMap<String, Object>();
            description.put("dtype", dtype(tensor.type()));
            description.put("shape", Arrays.stream(tensor.shape()).boxed().toList());
            description.put("data_offsets", List.of(offset, end));
            header.put(entry.getKey(), description);
            offset = end;
        }
        byte[] json = JSON.std.asString(header).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded.length).array());
        out.write(padded);
        byte[] chunk = new byte[CHUNK];
        for (Map.Entry<String, Tensor> entry : ordered) {
            MemorySegment memory = entry.getValue().memory();
            for (long at = 0; at < memory.byteSize(); at += CHUNK) {
                int length = (int) Math.min(CHUNK, memory.byteSize() - at);
                MemorySegment.copy(memory, at, MemorySegment.ofArray(chunk), 0, length);
                out.write(chunk, 0, length);
            }
        }
    }

    /// Reads tensors. Their memory is off the heap and lives as long as they are reachable.
    static SequencedMap<String, Tensor> read(InputStream in) throws IOException {
        requireLittleEndian();
        long length = ByteBuffer.wrap(exactly(in, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LONGEST_HEADER) {
            throw new IOException("header of " + length + " bytes is none of safetensors");
        }
        Map<String, Object> header = JSON.std.mapFrom(new String(exactly(in, (int) length), StandardCharsets.UTF_8));
        record Description(String name, Tensor.Type type, long[] shape, long from, long to) {}
        var descriptions = new ArrayList<Description>();
        long size = 0;
        for (Map.Entry<String, Object> entry : header.entrySet()) {
            if (entry.getKey().equals("__metadata__")) {
                continue;
            }
            if (!(entry.getValue() instanceof Map<?, ?> description)
                    || !(description.get("shape") instanceof List<?> shape)
                    || !(description.get("data_offsets") instanceof List<?> offsets) || offsets.size() != 2) {
                throw new IOException("tensor '" + entry.getKey() + "' has no shape or offsets");
            }
            var described = new Description(entry.getKey(), type(String.valueOf(description.get("dtype"))),
                    shape.stream().mapToLong(extent -> ((Number) extent).longValue()).toArray(),
                    ((Number) offsets.get(0)).longValue(), ((Number) offsets.get(1)).longValue());
            descriptions.add(described);
            size = Math.max(size, described.to());
        }
        MemorySegment all = Arena.ofAuto().allocate(Math.max(1, size), 8);
        byte[] chunk = new byte[CHUNK];
        for (long at = 0; at < size;) {
            int read = in.readNBytes(chunk, 0, (int) Math.min(CHUNK, size - at));
            if (read == 0) {
                throw new EOFException("tensors end after " + at + " of " + size + " bytes");
            }
            MemorySegment.copy(MemorySegment.ofArray(chunk), 0, all, at, read);
            at += read;
        }
        var tensors = new LinkedHashMap<String, Tensor>();
        try {
            for (Description each : descriptions) {
                tensors.put(each.name(), new Tensor(each.type(), all.asSlice(each.from(), each.to() - each.from()),
                        each.shape()));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("shapes and offsets do not fit: " + e.getMessage(), e);
        }
        return tensors;
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("safetensors end in their header");
        }
        return bytes;
    }

    private static void requireLittleEndian() throws IOException {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IOException("checkpoints need a little-endian machine");
        }
    }

    private static String dtype(Tensor.Type type) {
        return switch (type) {
            case FLOAT32 -> "F32";
            case FLOAT64 -> "F64";
            case INT32 -> "I32";
            case INT64 -> "I64";
            case UINT8 -> "U8";
        };
    }

    private static Tensor.Type type(String dtype) throws IOException {
        return switch (dtype) {
            case "F32" -> Tensor.Type.FLOAT32;
            case "F64" -> Tensor.Type.FLOAT64;
            case "I32" -> Tensor.Type.INT32;
            case "I64" -> Tensor.Type.INT64;
            case "U8" -> Tensor.Type.UINT8;
            default -> throw new IOException("numbers of type " + dtype + " are not known");
        };
    }
}
