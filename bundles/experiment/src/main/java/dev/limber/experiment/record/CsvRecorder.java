package dev.limber.experiment.record;

import dev.limber.api.metrics.MetricsRow;
import dev.limber.api.metrics.Recorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One line per row: step, seconds, then the metrics in the order they first appeared. A metric that appears later adds
/// its column to the whole file; a metric without a value leaves its cell empty.
final class CsvRecorder implements Recorder {

    private final Path file;
    private final List<String> columns = new ArrayList<>(List.of("step", "seconds"));
    private final StringBuilder line = new StringBuilder();
    private FileChannel channel;

    CsvRecorder(Path file, long step) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            List<String> kept = keep(Files.readAllLines(file), step);
            if (!kept.isEmpty()) {
                columns.clear();
                columns.addAll(List.of(kept.getFirst().split(",", -1)));
            }
            replace(kept);
        }
        open();
    }

    /// The header and the whole lines up to a step.
    private static List<String> keep(List<String> lines, long step) {
        var kept = new ArrayList<String>();
        int cells = lines.isEmpty() ? 0 : lines.getFirst().split(",", -1).length;
        for (String each : lines) {
            String[] parts = each.split(",", -1);
            if (kept.isEmpty() || parts.length == cells && parts[0].matches("\\d+")
                    && Long.parseLong(parts[0]) <= step) {
                kept.add(each);
            }
        }
        return kept;
    }

    private void open() throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    private void replace(List<String> lines) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(temporary, lines);
        try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void record(MetricsRow row) throws IOException {
        List<String> added = row.values().keySet().stream().filter(name -> !columns.contains(name)).toList();
        boolean first = channel.size() == 0;
        columns.addAll(added);
        if (first) {
            write(String.join(",", columns));
        } else if (!added.isEmpty()) {
            channel.close();
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.replaceAll(each -> each + ",".repeat(added.size()));
            lines.set(0, String.join(",", columns));
            replace(lines);
            open();
        }
        line.setLength(0);
        line.append(row.step()).append(',').append(String.format(Locale.ROOT, "%.3f", row.seconds()));
        for (String column : columns.subList(2, columns.size())) {
            Double value = row.values().get(column);
            line.append(',');
            if (value != null) {
                line.append(value.doubleValue());
            }
        }
        write(line.toString());
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void flush() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
