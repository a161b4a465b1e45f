package dev.limber.study.table;

import dev.limber.api.study.Comparison;
import dev.limber.study.plot.LearningCurvePicture;
import dev.limber.study.plot.LearningCurves;
import dev.limber.study.plot.LearningCurves.Line;
import dev.limber.study.plot.NoFontsException;
import dev.limber.study.runs.TrainingCurve;
import dev.limber.study.statistics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes what groups of runs say into a folder: `results.md`, `results.csv`, `runs.csv` and a picture for each
/// environment.
public final class Report {

    /// Points of a curve: fine enough to see when learning happens, coarse enough that each holds several episodes.
    private static final int POINTS = 60;
    /// Lines beyond these few nobody can tell apart.
    private static final int MOST_LINES = 8;

    private Report() {}

    /// Writes everything.
    ///
    /// @param groups at least one run each; where there is none nothing is written
    /// @param episodes how many greedy episodes each run was scored by
    /// @param addition Markdown to write below the table
    public static Comparison write(List<Group> groups, int episodes, String addition, Path folder) throws IOException {
        if (groups.isEmpty()) {
            return new Comparison("", List.of(), List.of("no run has been finished, so there are no results yet"));
        }
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        String table = ResultTable.markdown(groups, episodes);
        String text = addition.isEmpty() ? table : table + "\n" + addition;
        var pictures = new StringBuilder();
        try {
            for (var entry : byEnvironment(groups).entrySet()) {
                List<Group> drawn = best(entry.getValue());
                if (drawn.size() < entry.getValue().size()) {
                    notes.add("the picture of " + entry.getKey() + " shows the " + MOST_LINES + " best of "
                            + entry.getValue().size() + " variants");
                }
                LearningCurves curves = curves(entry.getKey(), drawn);
                if (curves.lines().isEmpty()) {
                    notes.add("no picture of " + entry.getKey() + ": no training episode has ended");
                    continue;
                }
                Path file = folder.resolve(fileName(entry.getKey()) + ".png");
                LearningCurvePicture.write(curves, file);
                files.add(file);
                pictures.append("\n![learning curves of ").append(entry.getKey()).append("](")
                        .append(file.getFileName()).append(")\n");
            }
        } catch (NoFontsException e) {
            notes.add(e.getMessage());
        }
        files.add(0, Files.writeString(folder.resolve("results.md"), text + pictures));
        files.add(1, Files.writeString(folder.resolve("results.csv"), ResultTable.csv(groups)));
        files.add(2, Files.writeString(folder.resolve("runs.csv"), ResultTable.runsCsv(groups)));
        return new Comparison(text, files, notes);
    }

    private static LinkedHashMap<String, List<Group>> byEnvironment(List<Group> groups) {
        return groups.stream().collect(Collectors.groupingBy(Group::environment, LinkedHashMap::new,
                Collectors.toList()));
    }

    /// As many as can be told apart: those that play best, in their old order.
    private static List<Group> best(List<Group> groups) {
        if (groups.size() <= MOST_LINES) {
            return groups;
        }
        double[] scores = groups.stream().mapToDouble(group -> group.interquartileMean().estimate()).toArray();
        double least = Arrays.stream(scores).sorted().toArray()[scores.length - MOST_LINES];
        return IntStream.range(0, scores.length).filter(i -> scores[i] >= least).limit(MOST_LINES)
                .mapToObj(groups::get).toList();
    }

    static LearningCurves curves(String environment, List<Group> groups) {
        List<Line> lines = new ArrayList<>();
        for (Group group : groups) {
            line(group, group.label()).ifPresent(lines::add);
        }
        int fewest = groups.stream().mapToInt(group -> group.runs().size()).min().orElse(0);
        int most = groups.stream().mapToInt(group -> group.runs().size()).max().orElse(0);
        String seeds = fewest == most ? most + (most == 1 ? " seed" : " seeds") : fewest + " to " + most + " seeds";
        String explanation = most > 1
                ? "line: interquartile mean of " + seeds + ", band: 95 % bootstrap interval"
                : "one seed";
        return new LearningCurves(environment, explanation, "return per training episode", lines,
                groups.getFirst().threshold());
    }

    private static Optional<Line> line(Group group, String label) {
        long steps = group.runs().stream().mapToLong(each -> each.run().checkpointStep()).min().orElseThrow();
        if (steps <= 0) {
            return Optional.empty();
        }
        double[][] curves = group.runs().stream()
                .map(each -> TrainingCurve.read(each.run().folder(), steps, POINTS)).toArray(double[][]::new);
        int first = 0;
        while (first < POINTS && anyNaN(curves, first)) {
            first++;
        }
        if (first == POINTS) {
            return Optional.empty();
        }
        int from = first;
        double[][] known = Arrays.stream(curves).map(curve -> Arrays.copyOfRange(curve, from, POINTS))
                .toArray(double[][]::new);
        Interval[] band = Group.curveBootstrap().band(known);
        return Optional
                .of(new Line(label, Arrays.copyOfRange(TrainingCurve.ends(steps, POINTS), from, POINTS), band));
    }

    private static boolean anyNaN(double[][] curves, int point) {
        return Arrays.stream(curves).anyMatch(curve -> Double.isNaN(curve[point]));
    }

    /// A name that every file system takes.
    static String fileName(String environment) {
        return environment.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
