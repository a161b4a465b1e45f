package dev.limber.study.table;

import dev.limber.study.statistics.Interval;
import dev.limber.study.statistics.Quantile;
import dev.limber.study.statistics.StratifiedBootstrap;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Runs that differ in their seeds alone.
///
/// @param environment name of the environment
/// @param algorithm name of the algorithm
/// @param options those by which this group differs from others
/// @param runs one per seed, at least one
public record Group(String environment, String algorithm, SequencedMap<String, String> options,
        List<ScoredRun> runs) {

    private static final int RESAMPLES = 5000;
    private static final int CURVE_RESAMPLES = 1000;
    private static final double CONFIDENCE = 0.95;
    private static final long SEED = 0;

    /// Copies the collections.
    public Group {
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
        runs = List.copyOf(runs);
    }

    /// The bootstrap of tables.
    static StratifiedBootstrap bootstrap() {
        return new StratifiedBootstrap(RESAMPLES, CONFIDENCE, SEED);
    }

    /// The bootstrap of curves, which have a hundred times as many intervals.
    static StratifiedBootstrap curveBootstrap() {
        return new StratifiedBootstrap(CURVE_RESAMPLES, CONFIDENCE, SEED);
    }

    /// `lr=0.001 gamma=0.99`, empty where nothing differs.
    public String optionText() {
        return options.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /// The algorithm, and the options where there are some.
    public String label() {
        return options.isEmpty() ? algorithm : algorithm + " " + optionText();
    }

    /// The score of each run.
    public double[] scores() {
        return runs.stream().mapToDouble(ScoredRun::score).toArray();
    }

    /// Their mean.
    public double mean() {
        return Arrays.stream(scores()).average().orElseThrow();
    }

    /// Their interquartile mean with its interval.
    public Interval interquartileMean() {
        return bootstrap().interquartileMean(new double[][] {scores()});
    }

    /// Mean return from which the task counts as solved, where all runs agree on one.
    public OptionalDouble threshold() {
        List<OptionalDouble> all = runs.stream().map(each -> each.run().threshold()).distinct().toList();
        return all.size() == 1 ? all.getFirst() : OptionalDouble.empty();
    }

    /// How many runs passed the threshold in training.
    public int solved() {
        return (int) runs.stream().filter(each -> each.run().stepsToThreshold() >= 0).count();
    }

    /// The median over all runs of the steps to the threshold; infinite where half of them did not get there.
    public double medianStepsToThreshold() {
        return Quantile.median(runs.stream().mapToDouble(each -> each.run().stepsToThreshold() >= 0
                ? each.run().stepsToThreshold()
                : Double.POSITIVE_INFINITY).toArray());
    }

    /// The median of the runs' training times [s].
    public double medianSeconds() {
        return Quantile.median(runs.stream().mapToDouble(each -> each.run().seconds()).toArray());
    }
}
