package dev.limber.study.runs;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The returns of a run's training episodes, as `metrics.csv` holds them.
public final class TrainingCurve {

    private TrainingCurve() {}

    /// The mean return of the training episodes that ended in each of equal stretches of steps. A stretch in which none
    /// ended has the value before it; NaN before the first.
    ///
    /// @param run the run's directory
    /// @param steps where the last stretch ends
    /// @param points how many stretches
    /// @return [point], at the end of each stretch
    public static double[] read(Path run, long steps, int points) {
        Path file = run.resolve("metrics.csv");
        double[] sums = new double[points];
        double[] weights = new double[points];
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of("");
            List<String> header = List.of(lines.getFirst().split(",", -1));
            int value = header.indexOf("episode/return");
            int count = header.indexOf("episode/count");
            double episodes = 0;
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                if (value < 0 || cells.length != header.size() || cells[value].isEmpty()) {
                    continue;
                }
                double ended = count < 0 || cells[count].isEmpty() ? episodes + 1 : Double.parseDouble(cells[count]);
                double step = Double.parseDouble(cells[0]);
                int point = Math.clamp((long) Math.ceil(step * points / steps) - 1, 0, points - 1);
                double weight = Math.max(1, ended - episodes);
                sums[point] += weight * Double.parseDouble(cells[value]);
                weights[point] += weight;
                episodes = ended;
            }
        } catch (IOException | NumberFormatException e) {
            throw new UsageException(file + " cannot be read: " + e.getMessage());
        }
        double[] curve = new double[points];
        double last = Double.NaN;
        for (int i = 0; i < points; i++) {
            last = weights[i] > 0 ? sums[i] / weights[i] : last;
            curve[i] = last;
        }
        return curve;
    }

    /// Where the stretches end.
    public static double[] ends(long steps, int points) {
        double[] ends = new double[points];
        Arrays.setAll(ends, i -> (double) steps * (i + 1) / points);
        return ends;
    }
}
