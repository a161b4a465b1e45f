package dev.limber.experiment.checkpoint;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.limber.api.state.Tensor;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// One checkpoint in one zip, not compressed: `checkpoint.json` and `tensors.safetensors`.
final class CheckpointFile {

    private static final int FORMAT = 1;
    private static final String DESCRIPTION = "checkpoint.json";
    private static final String TENSORS = "tensors.safetensors";

    private CheckpointFile() {}

    /// Writes a checkpoint and makes sure that it is on the disk.
    static void write(Checkpoint checkpoint, Path file) throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        var json = new LinkedHashMap<String, Object>();
        json.put("format", FORMAT);
        json.put("step", checkpoint.step());
        json.put("written", Instant.now().toString());
        json.put("plan", checkpoint.plan());
        json.put("state", StateJson.write(checkpoint.state(), "", tensors));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            // the channel must stay open after the zip's end, to be forced to the disk
            var open = new FilterOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    flush();
                }
            };
            try (var zip = new ZipOutputStream(open)) {
                zip.setLevel(Deflater.NO_COMPRESSION);
                zip.putNextEntry(new ZipEntry(DESCRIPTION));
                zip.write(JSON.std.asString(json).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
                zip.putNextEntry(new ZipEntry(TENSORS));
                Safetensors.write(tensors, zip);
                zip.closeEntry();
            }
            channel.force(true);
        }
    }

    /// Reads a checkpoint whole, and checks every byte.
    ///
    /// @throws IOException where a part is missing or damaged
    static Checkpoint read(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            Map<String, Tensor> tensors = checked(zip, TENSORS, Safetensors::read);
            Map<String, Object> json = checked(zip, DESCRIPTION,
                    in -> JSON.std.mapFrom(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            if (!(json.get("format") instanceof Number format) || format.intValue() != FORMAT
                    || !(json.get("step") instanceof Number step) || !(json.get("state") instanceof Map<?, ?> state)
                    || !(json.get("plan") instanceof Map<?, ?> plan)) {
                throw new IOException("it is no checkpoint of format " + FORMAT);
            }
            var copy = new LinkedHashMap<String, Object>();
            plan.forEach((name, value) -> copy.put(name.toString(), value));
            return new Checkpoint(step.longValue(), copy, StateJson.read(state, tensors));
        } catch (ZipException e) {
            throw new IOException("it is no whole zip", e);
        } catch (RuntimeException e) { // what parsers throw for bytes that make no sense
            throw new IOException("it is damaged: " + e.getMessage(), e);
        }
    }

    private interface Parser<T> {
        T parse(InputStream in) throws IOException;
    }

    private static <T> T checked(ZipFile zip, String name, Parser<T> parser) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no " + name);
        }
        var crc = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
            T parsed = parser.parse(in);
            in.transferTo(OutputStream.nullOutputStream());
            if (crc.getValue() != entry.getCrc()) {
                throw new IOException("its " + name + " is damaged");
            }
            return parsed;
        }
    }
}
