package dev.limber.learning.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagonalGaussianTest {

    /// The deciles of the standard normal distribution.
    private static final double[] DECILES = {-1.2815516, -0.8416212, -0.5244005, -0.2533471, 0, 0.2533471, 0.5244005,
        0.8416212, 1.2815516};

    /// The 0.999 quantile of chi-square with 9 degrees of freedom.
    private static final double CHI_SQUARE_9 = 27.88;

    private static final float[] MEAN = {1, -20, 0, 0.5f};
    private static final float[] LOG_STD = {-1, 2, 0.3f, -3};

    private final DiagonalGaussian distribution = new DiagonalGaussian(2);

    @Test
    void drawsFallIntoEveryDecileEquallyOften() {
        int draws = 100_000;
        var random = new SeededRandom(5);
        var actions = new float[4];
        var counts = new int[4][10];
        for (int i = 0; i < draws; i++) {
            distribution.sample(MEAN, LOG_STD, 2, random, actions);
            for (int k = 0; k < 4; k++) {
                double z = (actions[k] - MEAN[k]) / Math.exp(LOG_STD[k]);
                int decile = 0;
                while (decile < 9 && z > DECILES[decile]) {
                    decile++;
                }
                counts[k][decile]++;
            }
        }
        for (int k = 0; k < 4; k++) {
            double chiSquare = 0;
            for (int count : counts[k]) {
                chiSquare += Math.pow(count - draws / 10.0, 2) / (draws / 10.0);
            }
            assertTrue(chiSquare < CHI_SQUARE_9, "component " + k + ": chi-square " + chiSquare);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-4, -1, 0, 2})
    void densityIntegratesToOne(float logStd) {
        double std = Math.exp(logStd);
        int points = 201;
        double spacing = 16 * std / (points - 1);
        // All points of a grid of 8 standard deviations to each side, as one batch.
        int rows = points * points;
        var mean = new float[rows * 2];
        var actions = new float[rows * 2];
        for (int row = 0; row < rows; row++) {
            actions[row * 2] = (float) ((row / points - points / 2) * spacing);
            actions[row * 2 + 1] = (float) ((row % points - points / 2) * spacing);
        }
        var target = new float[rows];
        distribution.logProbability(mean, new float[] {logStd, logStd}, rows, actions, target);
        double integral = 0;
        for (float log : target) {
            integral += Math.exp(log) * spacing * spacing;
        }
        assertEquals(1, integral, 1e-5);
    }

    @Test
    void logProbabilityIsTheSumOverComponents() {
        float[] actions = {1.5f, -31, 0.25f, 0.45f};
        var target = new float[2];
        distribution.logProbability(MEAN, LOG_STD, 2, actions, target);
        for (int row = 0; row < 2; row++) {
            double density = 1;
            for (int i = row * 2; i < row * 2 + 2; i++) {
                double std = Math.exp(LOG_STD[i]);
                density *= Math.exp(-Math.pow(actions[i] - MEAN[i], 2) / (2 * std * std))
                        / Math.sqrt(2 * Math.PI * std * std);
            }
            assertEquals(Math.log(density), target[row], 1e-5);
        }
    }

    @Test
    void entropyIsTheClosedFormAndTheMeanOfMinusTheLogProbability() {
        var entropy = new float[2];
        distribution.entropy(LOG_STD, 2, entropy);
        assertEquals(0.5 * Math.log(Math.pow(2 * Math.PI * Math.E, 2) * Math.exp(2 * (-1 + 2))), entropy[0], 1e-5);
        assertEquals(0.5 * Math.log(Math.pow(2 * Math.PI * Math.E, 2) * Math.exp(2 * (0.3 - 3))), entropy[1], 1e-5);

        var random = new SeededRandom(9);
        var actions = new float[4];
        var target = new float[2];
        var mean = new double[2];
        int draws = 100_000;
        for (int i = 0; i < draws; i++) {
            distribution.sample(MEAN, LOG_STD, 2, random, actions);
            distribution.logProbability(MEAN, LOG_STD, 2, actions, target);
            mean[0] -= target[0] / draws;
            mean[1] -= target[1] / draws;
        }
        // One standard error is sqrt(size / 2 / draws) = 0.0032.
        assertEquals(entropy[0], mean[0], 0.013);
        assertEquals(entropy[1], mean[1], 0.013);
    }

    @Test
    void sharedDeviationsCountForEveryRow() {
        float[] shared = {-1, 0.5f};
        float[] repeated = {-1, 0.5f, -1, 0.5f};
        var one = new float[4];
        var other = new float[4];
        distribution.sample(MEAN, shared, 2, new SeededRandom(4), one);
        distribution.sample(MEAN, repeated, 2, new SeededRandom(4), other);
        assertArrayEquals(one, other);
        var oneLog = new float[2];
        var otherLog = new float[2];
        distribution.logProbability(MEAN, shared, 2, one, oneLog);
        distribution.logProbability(MEAN, repeated, 2, one, otherLog);
        assertArrayEquals(oneLog, otherLog);
        distribution.entropy(shared, 2, oneLog);
        distribution.entropy(repeated, 2, otherLog);
        assertArrayEquals(oneLog, otherLog);
    }

    @Test
    void greedyTakesTheMean() {
        var actions = new float[4];
        distribution.greedy(MEAN, 2, actions);
        assertArrayEquals(MEAN, actions);
    }

    @Test
    void numbersThatAreNotFiniteAreRefusedNamingRowAndComponent() {
        float[] mean = {0, 0, 0, Float.NaN};
        float[] logStd = {0, 0};
        var refusal = assertThrows(DivergenceException.class,
                () -> distribution.sample(mean, logStd, 2, new SeededRandom(1), new float[4]));
        assertTrue(refusal.getMessage().startsWith("action of row 1, component 1 is NaN"), refusal.getMessage());
        refusal = assertThrows(DivergenceException.class, () -> distribution.greedy(mean, 2, new float[4]));
        assertTrue(refusal.getMessage().startsWith("mean of row 1, component 1 is NaN"), refusal.getMessage());
    }

    @Test
    void deviationsOfAnotherLengthAreRefused() {
        var refusal = assertThrows(IllegalArgumentException.class,
                () -> distribution.entropy(new float[3], 2, new float[2]));
        assertEquals("log standard deviations have 3 numbers, 2 or 2 x 2 are needed", refusal.getMessage());
    }
}
