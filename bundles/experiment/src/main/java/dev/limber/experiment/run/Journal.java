package dev.limber.experiment.run;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Everything that happened to a run, one JSON object a line, with time, step and event. Lines are only ever added.
/// Thread-safe.
public final class Journal implements Closeable {

    /// Unlike a channel it stays open when the thread that writes is interrupted, which plug-ins may have done.
    private final RandomAccessFile file;

    /// Opens a journal to go on with it. A line that a killed process has left half written goes.
    public Journal(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        try {
            long end = file.length();
            while (end > 0) {
                file.seek(end - 1);
                if (file.read() == '\n') {
                    break;
                }
                end--;
            }
            file.setLength(end);
            file.seek(end);
        } catch (IOException e) {
            file.close();
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
        file.write((JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(line) + "\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
