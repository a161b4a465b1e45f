package dev.limber.launcher.gui.model;

import dev.limber.api.gui.MetricTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Follows a run's `metrics.csv`. One thread; the tables it hands out share arrays, whose rows are only ever added.
final class MetricTail {

    private final LineTail lines;
    private final List<String> names = new ArrayList<>();
    private double[][] columns = {};
    private int rows;

    MetricTail(Path run) {
        lines = new LineTail(run.resolve("metrics.csv"));
    }

    /// The table, where it has changed since the last call.
    Optional<MetricTable> read() throws IOException {
        List<String> added = lines.read();
        if (lines.restarted()) {
            names.clear();
            rows = 0;
        }
        for (String line : added) {
            if (names.isEmpty()) {
                names.addAll(List.of(line.split(",", -1)));
                columns = new double[names.size()][1024];
            } else {
                add(line.split(",", -1));
            }
        }
        return added.isEmpty() ? Optional.empty() : Optional.of(table());
    }

    private void add(String[] cells) {
        if (rows == columns[0].length) {
            for (int column = 0; column < columns.length; column++) {
                columns[column] = Arrays.copyOf(columns[column], 2 * rows);
            }
        }
        for (int column = 0; column < columns.length; column++) {
            columns[column][rows] = column < cells.length ? number(cells[column]) : Double.NaN;
        }
        rows++;
    }

    private static double number(String cell) {
        try {
            return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        } catch (NumberFormatException damaged) {
            return Double.NaN;
        }
    }

    private MetricTable table() {
        var byName = new LinkedHashMap<String, double[]>();
        for (int column = 0; column < columns.length; column++) {
            byName.put(names.get(column), columns[column]);
        }
        return new MetricTable(byName, rows);
    }
}
