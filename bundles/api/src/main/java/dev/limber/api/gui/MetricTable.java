package dev.limber.api.gui;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The metrics of a run, column by column. Immutable.
///
/// @param columns metric name to values [rows], NaN where a row has none; `step` and `seconds` among them
/// @param rows how many
public record MetricTable(SequencedMap<String, double[]> columns, int rows) {

    /// No metrics.
    public static final MetricTable EMPTY = new MetricTable(new LinkedHashMap<>(), 0);

    /// Names of the metrics, without `step` and `seconds`.
    public List<String> names() {
        return columns.keySet().stream().filter(name -> !name.equals("step") && !name.equals("seconds")).toList();
    }

    /// A copy of one column [rows]; NaN throughout where there is none of that name.
    public double[] column(String name) {
        double[] values = columns.get(name);
        if (values == null) {
            values = new double[rows];
            Arrays.fill(values, Double.NaN);
            return values;
        }
        return Arrays.copyOf(values, rows);
    }
}
