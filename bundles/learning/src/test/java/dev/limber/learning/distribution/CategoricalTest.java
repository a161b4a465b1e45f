package dev.limber.learning.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.DivergenceException;
import dev.limber.api.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoricalTest {

    private static final float[] LOGITS = {0, 1, -1, 2.5f, -3, 700, 700, 701, 699, 698};

    /// The 0.999 quantile of chi-square with 4 degrees of freedom.
    private static final double CHI_SQUARE_4 = 18.47;

    private final Categorical distribution = new Categorical(5);

    @Test
    void choicesAreDrawnAsOftenAsTheirProbabilities() {
        int draws = 200_000;
        var random = new SeededRandom(7);
        var actions = new float[2];
        var counts = new int[2][5];
        for (int i = 0; i < draws; i++) {
            distribution.sample(LOGITS, 2, random, actions);
            counts[0][(int) actions[0]]++;
            counts[1][(int) actions[1]]++;
        }
        for (int row = 0; row < 2; row++) {
            double chiSquare = 0;
            for (int choice = 0; choice < 5; choice++) {
                double expected = draws * probability(LOGITS, row, choice);
                chiSquare += Math.pow(counts[row][choice] - expected, 2) / expected;
            }
            assertTrue(chiSquare < CHI_SQUARE_4, "row " + row + ": chi-square " + chiSquare);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-3, 1, 30, 1e4, 1e30})
    void probabilitiesSumToOne(double scale) {
        var random = new SeededRandom(3);
        int rows = 50;
        var logits = new float[rows * 5];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (scale * random.nextGaussian());
        }
        var sums = new double[rows];
        var actions = new float[rows];
        var target = new float[rows];
        for (int choice = 0; choice < 5; choice++) {
            java.util.Arrays.fill(actions, choice);
            distribution.logProbability(logits, rows, actions, target);
            for (int row = 0; row < rows; row++) {
                sums[row] += Math.exp(target[row]);
            }
        }
        for (double sum : sums) {
            assertEquals(1, sum, 1e-6);
        }
    }

    @Test
    void logProbabilityIsThatOfTheSoftmax() {
        var target = new float[2];
        for (int choice = 0; choice < 5; choice++) {
            distribution.logProbability(LOGITS, 2, new float[] {choice, choice}, target);
            assertEquals(Math.log(probability(LOGITS, 0, choice)), target[0], 1e-6);
            assertEquals(Math.log(probability(LOGITS, 1, choice)), target[1], 1e-6);
        }
    }

    @Test
    void entropyIsTheMeanOfMinusTheLogProbability() {
        var target = new float[2];
        distribution.entropy(LOGITS, 2, target);
        for (int row = 0; row < 2; row++) {
            double entropy = 0;
            for (int choice = 0; choice < 5; choice++) {
                double p = probability(LOGITS, row, choice);
                entropy -= p * Math.log(p);
            }
            assertEquals(entropy, target[row], 1e-6);
        }
    }

    @Test
    void entropyGoesFromZeroToTheLogarithmOfTheChoices() {
        var target = new float[3];
        distribution.entropy(new float[] {5, 5, 5, 5, 5, 1e30f, 0, 0, 0, -1e30f, -1e3f, 0, -1e3f, -1e3f, -1e3f}, 3,
                target);
        assertEquals(Math.log(5), target[0], 1e-6);
        assertEquals(0, target[1]);
        assertEquals(0, target[2]);
    }

    @Test
    void barredChoicesAreNeverDrawnAndCountForNothing() {
        float bar = Float.NEGATIVE_INFINITY;
        float[] logits = {bar, 1, bar, 1, bar};
        var random = new SeededRandom(1);
        var actions = new float[1];
        for (int i = 0; i < 10_000; i++) {
            distribution.sample(logits, 1, random, actions);
            assertTrue(actions[0] == 1 || actions[0] == 3, "drew " + actions[0]);
        }
        var target = new float[1];
        distribution.entropy(logits, 1, target);
        assertEquals(Math.log(2), target[0], 1e-6);
        distribution.logProbability(logits, 1, new float[] {0}, target);
        assertEquals(bar, target[0]);
    }

    @Test
    void greedyTakesTheFirstOfTheLargestLogits() {
        var actions = new float[3];
        distribution.greedy(new float[] {0, 1, -1, 2.5f, -3, -5, -4, -4, -9, -8, 3, 3, 3, 3, 3}, 3, actions);
        assertArrayEquals(new float[] {3, 1, 0}, actions);
    }

    @Test
    void sameSeedGivesTheSameDraws() {
        assertArrayEquals(draw(11), draw(11));
        assertNotEquals(java.util.Arrays.toString(draw(11)), java.util.Arrays.toString(draw(12)));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void logitsThatAreNotFiniteAreRefusedNamingTheRow(float wrong) {
        float[] logits = {0, 1, 2, 3, 4, 0, wrong, 2, 3, 4};
        var refusal = assertThrows(DivergenceException.class,
                () -> distribution.sample(logits, 2, new SeededRandom(1), new float[2]));
        assertTrue(refusal.getMessage().startsWith("logits of row 1 are [0.0, " + wrong), refusal.getMessage());
        assertThrows(DivergenceException.class, () -> distribution.greedy(logits, 2, new float[2]));
        assertThrows(DivergenceException.class, () -> distribution.entropy(logits, 2, new float[2]));
        assertThrows(DivergenceException.class,
                () -> distribution.logProbability(logits, 2, new float[2], new float[2]));
    }

    private float[] draw(long seed) {
        var random = new SeededRandom(seed);
        var actions = new float[64];
        distribution.sample(new float[64 * 5], 64, random, actions);
        return actions;
    }

    private static double probability(float[] logits, int row, int choice) {
        double sum = 0;
        for (int i = 0; i < 5; i++) {
            sum += Math.exp((double) logits[row * 5 + i] - logits[row * 5 + choice]);
        }
        return 1 / sum;
    }
}
