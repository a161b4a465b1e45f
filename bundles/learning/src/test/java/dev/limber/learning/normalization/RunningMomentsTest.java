package dev.limber.learning.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.IncompatibleStateException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningMomentsTest {

    private static final int SIZE = 3;

    /// The naive mean of squares minus square of the mean loses all digits in the last case.
    @ParameterizedTest
    @CsvSource({"0, 1", "-5, 0.01", "1e4, 1", "1e6, 1"})
    void agreeWithTwoPassesOverEverythingHoweverItWasCut(double mean, double std) {
        var random = new SeededRandom(6);
        int rows = 3000;
        float[] values = values(rows, mean, std, random);
        var moments = new RunningMoments(SIZE);
        for (int row = 0; row < rows;) {
            int batch = Math.min(random.nextInt(40), rows - row);
            moments.add(rows(values, row, row + batch), batch);
            row += batch;
        }
        assertEquals(rows, moments.count());
        for (int i = 0; i < SIZE; i++) {
            double expectedMean = 0;
            for (int row = 0; row < rows; row++) {
                expectedMean += values[row * SIZE + i] / (double) rows;
            }
            double expectedVariance = 0;
            for (int row = 0; row < rows; row++) {
                expectedVariance += Math.pow(values[row * SIZE + i] - expectedMean, 2) / rows;
            }
            assertEquals(expectedMean, moments.mean(i), 1e-12 * (1 + Math.abs(mean)));
            assertEquals(expectedVariance, moments.variance(i), 1e-9 * expectedVariance);
        }
    }

    @Test
    void mergedPartsAgreeWithTheWhole() {
        float[] values = values(100, 20, 3, new SeededRandom(1));
        var whole = moments(values, 100);
        var merged = new RunningMoments(SIZE);
        merged.add(new RunningMoments(SIZE));
        merged.add(moments(rows(values, 0, 37), 37));
        merged.add(moments(rows(values, 37, 100), 63));
        assertEquals(100, merged.count());
        for (int i = 0; i < SIZE; i++) {
            assertEquals(whole.mean(i), merged.mean(i), 1e-12);
            assertEquals(whole.variance(i), merged.variance(i), 1e-12);
        }
        assertThrows(IllegalArgumentException.class, () -> merged.add(new RunningMoments(SIZE + 1)));
    }

    @Test
    void componentThatNeverChangesHasVarianceZero() {
        var values = new float[SIZE * 7];
        Arrays.fill(values, 0.1f);
        var moments = new RunningMoments(SIZE);
        for (int i = 0; i < 1000; i++) {
            moments.add(values, 1);
        }
        assertEquals(0.1f, moments.mean(0));
        assertEquals(0, moments.variance(0));
    }

    @Test
    void restoredMomentsGoOnBitForBit() {
        float[] values = values(64, 3, 2, new SeededRandom(2));
        var moments = moments(values, 64);
        var restored = new RunningMoments(SIZE);
        restored.restore(moments.save());
        moments.add(values, 5);
        restored.add(values, 5);
        assertEquals(moments.count(), restored.count());
        for (int i = 0; i < SIZE; i++) {
            assertEquals(moments.mean(i), restored.mean(i));
            assertEquals(moments.variance(i), restored.variance(i));
        }
    }

    @Test
    void stateOfAnotherSizeIsRefusedAndChangesNothing() {
        var moments = moments(values(64, 3, 2, new SeededRandom(2)), 64);
        double mean = moments.mean(0);
        var other = new RunningMoments(SIZE + 1).save();
        assertThrows(IncompatibleStateException.class, () -> moments.restore(other));
        assertEquals(64, moments.count());
        assertEquals(mean, moments.mean(0));
    }

    private static RunningMoments moments(float[] values, int rows) {
        var moments = new RunningMoments(SIZE);
        moments.add(values, rows);
        return moments;
    }

    private static float[] values(int rows, double mean, double std, SeededRandom random) {
        var values = new float[rows * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + std * (1 + i % SIZE) * random.nextGaussian());
        }
        return values;
    }

    private static float[] rows(float[] values, int from, int to) {
        return Arrays.copyOfRange(values, from * SIZE, to * SIZE);
    }
}
