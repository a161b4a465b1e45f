package dev.limber.experiment.run;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Everything that happened to a run, one JSON object a line, with time, step and event. Lines are only ever added.
/// Thread-safe.
public final class Journal implements Closeable {

    private final FileChannel channel;

    /// Opens a journal to go on with it. A line that a killed process has left half written goes.
    public Journal(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long end = channel.size();
            ByteBuffer one = ByteBuffer.allocate(1);
            while (end > 0) {
                channel.read(one.clear(), end - 1);
                if (one.get(0) == '\n') {
                    break;
                }
                end--;
            }
            channel.truncate(end);
            channel.position(end);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Adds a line.
    ///
    /// @param step environment steps taken
    /// @param event what happened: "checkpoint"
    /// @param details more about it; strings, numbers and truth values; numbers that are not finite become null
    public synchronized void add(long step, String event, Map<String, ?> details) throws IOException {
        var line = new LinkedHashMap<String, Object>();
        line.put("time", Instant.now().toString());
        line.put("step", step);
        line.put("event", event);
        new TreeMap<>(details).forEach((name, value) -> line.put(name, // one order, whatever the map
                value instanceof Double number && !Double.isFinite(number) ? null : value));
        ByteBuffer bytes = ByteBuffer.wrap((JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(line) + "\n")
                .getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
