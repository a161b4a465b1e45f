package dev.limber.study.statistics;

import dev.limber.api.random.SeededRandom;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/// Percentile intervals by the stratified bootstrap (Agarwal et al. 2021, section 4.1): the runs of each task are drawn
/// anew with replacement, task by task, and the statistic is taken of all scores drawn.
///
/// Every interval starts from the same seed, so it depends on its data alone and not on what was computed before.
public final class StratifiedBootstrap {

    private final int resamples;
    private final double confidence;
    private final long seed;

    /// @param resamples how often to draw, at least 100
    /// @param confidence the share of resamples inside the interval, 0.95 for 95 %
    /// @param seed what the draws come from
    public StratifiedBootstrap(int resamples, double confidence, long seed) {
        this.resamples = resamples;
        this.confidence = confidence;
        this.seed = seed;
    }

    /// The statistic of all scores, and its interval.
    ///
    /// @param scores [task][run], ragged where tasks have different numbers of runs; a task has at least one
    /// @param statistic of all scores drawn, flattened in ascending order
    public Interval interval(double[][] scores, ToDoubleFunction<double[]> statistic) {
        double[] flat = Arrays.stream(scores).flatMapToDouble(Arrays::stream).sorted().toArray();
        double estimate = statistic.applyAsDouble(flat);
        if (Arrays.stream(scores).allMatch(runs -> runs.length < 2)) {
            return Interval.unknown(estimate);
        }
        var random = new SeededRandom(seed);
        double[] statistics = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            int n = 0;
            for (double[] runs : scores) {
                for (int i = 0; i < runs.length; i++) {
                    flat[n++] = runs[random.nextInt(runs.length)];
                }
            }
            Arrays.sort(flat);
            statistics[r] = statistic.applyAsDouble(flat);
        }
        return ends(estimate, statistics);
    }

    /// The interquartile mean and its interval.
    ///
    /// @param scores [task][run]
    public Interval interquartileMean(double[][] scores) {
        return interval(scores, InterquartileMean::ofSorted);
    }

    /// The interquartile mean over runs at each point of their curves. Runs are drawn as wholes, so neighbouring points
    /// of a band belong to the same draws.
    ///
    /// @param curves [run][point], all of one length
    /// @return [point]
    public Interval[] band(double[][] curves) {
        int runs = curves.length;
        int points = curves[0].length;
        var random = new SeededRandom(seed);
        int[][] draws = new int[resamples][runs];
        for (int[] draw : draws) {
            for (int i = 0; i < runs; i++) {
                draw[i] = random.nextInt(runs);
            }
        }
        double[] column = new double[runs];
        double[] statistics = new double[resamples];
        var band = new Interval[points];
        for (int p = 0; p < points; p++) {
            for (int i = 0; i < runs; i++) {
                column[i] = curves[i][p];
            }
            double estimate = InterquartileMean.of(column);
            if (runs < 2) {
                band[p] = Interval.unknown(estimate);
                continue;
            }
            for (int r = 0; r < resamples; r++) {
                for (int i = 0; i < runs; i++) {
                    column[i] = curves[draws[r][i]][p];
                }
                Arrays.sort(column);
                statistics[r] = InterquartileMean.ofSorted(column);
            }
            band[p] = ends(estimate, statistics);
        }
        return band;
    }

    private Interval ends(double estimate, double[] statistics) {
        Arrays.sort(statistics);
        double tail = (1 - confidence) / 2;
        return new Interval(estimate, Quantile.ofSorted(statistics, tail), Quantile.ofSorted(statistics, 1 - tail));
    }
}
