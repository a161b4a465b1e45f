package dev.limber.study.table;

import dev.limber.study.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The table of groups: Markdown whose columns line up, so that it reads as well in a terminal.
public final class ResultTable {

    private static final String NONE = "-";

    private ResultTable() {}

    /// The table and what its columns mean.
    ///
    /// @param episodes how many greedy episodes each run was scored by
    public static String markdown(List<Group> groups, int episodes) {
        boolean options = groups.stream().anyMatch(group -> !group.options().isEmpty());
        List<String> head = new ArrayList<>(List.of("environment", "algorithm"));
        if (options) {
            head.add("options");
        }
        head.addAll(List.of("seeds", "mean", "IQM", "95 % interval", "solved", "steps to threshold", "time/run"));
        int texts = options ? 3 : 2;
        List<List<String>> rows = new ArrayList<>();
        for (Group group : groups) {
            List<String> row = new ArrayList<>(List.of(group.environment(), group.algorithm()));
            if (options) {
                row.add(group.options().isEmpty() ? NONE : group.optionText());
            }
            Interval iqm = group.interquartileMean();
            row.addAll(List.of(Integer.toString(group.runs().size()), number(group.mean()), number(iqm.estimate()),
                    iqm.known() ? "[" + number(iqm.low()) + ", " + number(iqm.high()) + "]" : NONE,
                    group.threshold().isPresent() ? group.solved() + "/" + group.runs().size() : NONE,
                    steps(group.medianStepsToThreshold()), seconds(group.medianSeconds())));
            rows.add(row);
        }
        return lined(head, rows, texts)
                + """

                        Scores are mean returns of %d greedy episodes of each run's newest checkpoint. IQM is the interquartile \
                        mean over seeds, with the percentile interval of a stratified bootstrap (Agarwal et al. 2021); a single \
                        seed has none. Solved: runs whose mean of 100 training episodes passed the environment's threshold; the \
                        steps to it are the median over all seeds, none where half of them never did. Time is the median per run.
                        """
                        .formatted(episodes);
    }

    private static String lined(List<String> head, List<List<String>> rows, int texts) {
        int[] widths = new int[head.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(head.get(i).length(),
                    rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
        }
        var text = new StringBuilder();
        line(text, head, widths, texts);
        for (int i = 0; i < widths.length; i++) {
            text.append("| ").append("-".repeat(widths[i] - 1)).append(i < texts ? "- " : ": ");
        }
        text.append("|\n");
        rows.forEach(row -> line(text, row, widths, texts));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths, int texts) {
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - cells.get(i).length());
            text.append("| ").append(i < texts ? cells.get(i) + pad : pad + cells.get(i)).append(' ');
        }
        text.append("|\n");
    }

    /// Five significant digits, and no more than one decimal where there are many before the point.
    static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 || value == 0 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f", value);
    }

    private static String steps(double steps) {
        return Double.isInfinite(steps) ? NONE : String.format(Locale.ROOT, "%,.0f", steps);
    }

    private static String seconds(double seconds) {
        return Double.isNaN(seconds) ? NONE : String.format(Locale.ROOT, seconds < 100 ? "%.1f s" : "%.0f s", seconds);
    }

    /// The same for programs: one line a group.
    public static String csv(List<Group> groups) {
        var text = new StringBuilder("environment,algorithm,options,seeds,mean,iqm,iqm_low,iqm_high,threshold,solved,"
                + "median_steps_to_threshold,median_seconds\n");
        for (Group group : groups) {
            Interval iqm = group.interquartileMean();
            double steps = group.medianStepsToThreshold();
            text.append(String.join(",", group.environment(), group.algorithm(), quoted(group.optionText()),
                    Integer.toString(group.runs().size()), cell(group.mean()), cell(iqm.estimate()), cell(iqm.low()),
                    cell(iqm.high()), cell(group.threshold().orElse(Double.NaN)), Integer.toString(group.solved()),
                    cell(steps), cell(group.medianSeconds()))).append('\n');
        }
        return text.toString();
    }

    /// One line a run.
    public static String runsCsv(List<Group> groups) {
        var text = new StringBuilder(
                "environment,algorithm,options,seed,steps,score,steps_to_threshold,seconds,run\n");
        for (Group group : groups) {
            for (ScoredRun each : group.runs()) {
                text.append(String.join(",", group.environment(), group.algorithm(), quoted(group.optionText()),
                        Long.toString(each.run().seed()), Long.toString(each.run().checkpointStep()),
                        cell(each.score()),
                        each.run().stepsToThreshold() < 0 ? "" : Long.toString(each.run().stepsToThreshold()),
                        cell(each.run().seconds()), quoted(each.run().folder().toString()))).append('\n');
            }
        }
        return text.toString();
    }

    private static String cell(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }

    private static String quoted(String text) {
        return text.matches("[^\",\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
