package dev.limber.experiment.loop;

import dev.limber.api.metrics.Metric;
import dev.limber.api.metrics.Metrics;
import dev.limber.api.metrics.MetricsRow;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The metrics of a run and what was measured since the last row. Belongs to the run's thread.
final class MetricBook implements Metrics, Stateful {

    private static final String SCHEMA = "dev.limber.experiment.metrics";

    private final SequencedMap<String, Measured> metrics = new LinkedHashMap<>();

    private static final class Measured implements Metric {

        private final boolean mean;
        /// Of the measurements since the last row, or before it where there are none; NaN before the first ever.
        private double value = Double.NaN;
        private long count;
        private boolean number;

        Measured(boolean mean) {
            this.mean = mean;
        }

        @Override
        public void add(double measurement) {
            value = mean && count > 0 ? value + measurement : measurement;
            count++;
        }

        double take() {
            double taken = mean ? value / count : value;
            count = 0;
            return taken;
        }
    }

    @Override
    public Metric mean(String name, String description) {
        return metric(name, true);
    }

    @Override
    public Metric last(String name, String description) {
        return metric(name, false);
    }

    private Metric metric(String name, boolean mean) {
        return metrics.computeIfAbsent(name, key -> new Measured(mean));
    }

    /// Remembers which metrics are finite, for [#requireNumbers].
    void rememberNumbers() {
        metrics.values().forEach(metric -> metric.number = Double.isFinite(metric.value));
    }

    /// Throws where a metric is NaN or infinite now and was finite when that was [remembered][#rememberNumbers].
    ///
    /// @throws ArithmeticException naming the metric
    void requireNumbers() {
        metrics.forEach((name, metric) -> {
            if (metric.number && metric.count > 0 && !Double.isFinite(metric.value)) {
                throw new ArithmeticException("metric '" + name + "' is "
                        + (Double.isNaN(metric.value) ? "NaN" : "infinite"));
            }
        });
    }

    /// A row of what was measured since the last one.
    MetricsRow row(long step, double seconds) {
        var values = new LinkedHashMap<String, Double>();
        metrics.forEach((name, metric) -> {
            if (metric.count > 0) {
                values.put(name, metric.take());
            }
        });
        return new MetricsRow(step, seconds, values);
    }

    @Override
    public State save() {
        var values = new double[metrics.size()];
        var counts = new long[metrics.size()];
        int i = 0;
        for (Measured metric : metrics.values()) {
            values[i] = metric.value;
            counts[i++] = metric.count;
        }
        return new State(SCHEMA, 1).put("names", String.join("\n", metrics.keySet())).put("values", values).put(
                "counts",
                counts);
    }

    /// Takes over the measurements of the metrics that are still there.
    @Override
    public void restore(State state) {
        state.expect(SCHEMA, 1);
        String[] names = state.text("names").isEmpty() ? new String[0] : state.text("names").split("\n");
        var values = new double[names.length];
        var counts = new long[names.length];
        state.read("values", values);
        state.read("counts", counts);
        metrics.values().forEach(metric -> metric.count = 0); // what came later
        for (int i = 0; i < names.length; i++) {
            Measured metric = metrics.get(names[i]);
            if (metric != null) {
                metric.value = values[i];
                metric.count = counts[i];
            }
        }
    }
}
