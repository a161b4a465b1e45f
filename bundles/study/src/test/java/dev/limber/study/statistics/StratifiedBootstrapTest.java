package dev.limber.study.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.random.SeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StratifiedBootstrapTest {

    private final StratifiedBootstrap bootstrap = new StratifiedBootstrap(2000, 0.95, 0);

    @Test
    void theSameDataHaveTheSameIntervalWhateverCameBefore() {
        double[][] scores = {{1, 5, 2, 8, 3, 9, 4, 7}};
        Interval first = bootstrap.interquartileMean(scores);
        bootstrap.interquartileMean(new double[][] {{3, 1, 4}});
        assertEquals(first, bootstrap.interquartileMean(scores));
    }

    @Test
    void equalScoresLeaveNoDoubt() {
        assertEquals(new Interval(7, 7, 7), bootstrap.interquartileMean(new double[][] {{7, 7, 7, 7, 7}}));
    }

    @Test
    void oneRunTellsNothingOfTheOthers() {
        Interval interval = bootstrap.interquartileMean(new double[][] {{7}});
        assertEquals(7, interval.estimate());
        assertFalse(interval.known());
    }

    /// Drawn over all scores, the resampled mean of these two tasks would spread over many points; task by task it
    /// cannot.
    @Test
    void runsAreDrawnWithinTheirTask() {
        double[][] scores = {{0, 0, 0, 0}, {100, 100, 100, 100}};
        Interval interval = bootstrap.interval(scores, all -> Arrays.stream(all).average().orElseThrow());
        assertEquals(new Interval(50, 50, 50), interval);
    }

    /// The mean of n values with standard deviation s has a standard error of s / sqrt(n), so for many values the
    /// interval is 1.96 of those to either side.
    @Test
    void theMeansIntervalIsThatOfTheCentralLimitTheorem() {
        var random = new SeededRandom(3);
        double[] scores = random.doubles(400).toArray();
        Interval interval = bootstrap.interval(new double[][] {scores},
                all -> Arrays.stream(all).average().orElseThrow());
        double half = 1.96 * Math.sqrt(1 / 12.0 / scores.length);
        assertEquals(interval.estimate() - half, interval.low(), 0.1 * half);
        assertEquals(interval.estimate() + half, interval.high(), 0.1 * half);
    }

    /// The interval holds the true value about as often as it says. Of ten runs the percentile bootstrap makes somewhat
    /// too narrow intervals, hence a lower bound below 95 %.
    @Test
    void intervalsOfTenRunsHoldTheTruthMostly() {
        var random = new SeededRandom(11);
        var quick = new StratifiedBootstrap(400, 0.95, 0);
        int held = 0;
        int trials = 400;
        for (int trial = 0; trial < trials; trial++) {
            double[] scores = new double[10];
            Arrays.setAll(scores, i -> random.nextGaussian());
            Interval interval = quick.interquartileMean(new double[][] {scores});
            held += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
        }
        double share = (double) held / trials;
        assertTrue(share > 0.85 && share < 0.98, "share " + share);
    }

    @Test
    void aBandIsTheIntervalAtEachPoint() {
        double[][] curves = {{1, 10}, {2, 10}, {3, 10}, {4, 10}, {50, 10}};
        Interval[] band = bootstrap.band(curves);
        assertEquals(bootstrap.interquartileMean(new double[][] {{1, 2, 3, 4, 50}}), band[0]);
        assertEquals(new Interval(10, 10, 10), band[1]);
    }

    @Test
    void curvesStayAsTheyWere() {
        double[][] curves = {{3, 1}, {1, 2}, {2, 3}};
        bootstrap.band(curves);
        assertArrayEquals(new double[] {3, 1}, curves[0]);
    }

    @Test
    void theMedianOfSeedsThatNeverGetThereIsNever() {
        double never = Double.POSITIVE_INFINITY;
        assertEquals(20, Quantile.median(new double[] {never, 10, 20}));
        assertEquals(never, Quantile.median(new double[] {never, 10, never}));
        assertEquals(never, Quantile.median(new double[] {10, never}));
        assertEquals(15, Quantile.median(new double[] {20, 10}));
    }
}
