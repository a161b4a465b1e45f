package dev.limber.learning.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Image;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrioritizedReplayTest {

    private static final double ALPHA = 0.6;
    private static final double EPSILON = 0.01;

    private final ReplaySpec spec = RandomEpisodes.spec(2, 1, null, 2, 120, 1);
    private final RandomEpisodes episodes = new RandomEpisodes(spec, 1, 0.1);
    private final PrioritizedReplay memory = new PrioritizedReplay(spec, 0.9, 2, ALPHA, EPSILON);
    private final SeededRandom random = new SeededRandom(2);

    private static double error(int number) {
        return number * 37 % 11 / 4.0 - 1;
    }

    private void fill(int steps) {
        memory.observe(episodes.now);
        for (int i = 0; i < steps; i++) {
            episodes.step();
            episodes.addTo(memory);
        }
    }

    /// Gives every transition the error that its number has, until all have been drawn.
    private void learnErrors() {
        Batch batch = new Batch(spec, 64);
        float[] errors = new float[64];
        for (int i = 0; i < 200; i++) {
            memory.sample(random, 0, batch);
            for (int row = 0; row < 64; row++) {
                errors[row] = (float) error(BatchRows.number(batch, row));
            }
            memory.update(batch, errors);
        }
    }

    private Map<Integer, Double> probabilities() {
        Map<Integer, Double> result = new HashMap<>();
        double sum = 0;
        for (RandomEpisodes.Step step : episodes.drawable()) {
            double priority = Math.pow(Math.abs(error(step.number)) + EPSILON, ALPHA);
            result.put(step.number, priority);
            sum += priority;
        }
        double total = sum;
        result.replaceAll((number, priority) -> priority / total);
        return result;
    }

    private double chiSquare(Map<Integer, Double> probabilities, int batches, int size) {
        Batch batch = new Batch(spec, size);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < batches; i++) {
            memory.sample(random, 0.5, batch);
            for (int row = 0; row < size; row++) {
                int number = BatchRows.number(batch, row);
                assertNotNull(probabilities.get(number), "a transition that should be gone");
                counts.merge(number, 1, Integer::sum);
            }
        }
        double chiSquare = 0;
        for (Map.Entry<Integer, Double> entry : probabilities.entrySet()) {
            double expected = entry.getValue() * batches * size;
            double difference = counts.getOrDefault(entry.getKey(), 0) - expected;
            chiSquare += difference * difference / expected;
        }
        return chiSquare;
    }

    @Test
    void transitionsAreDrawnInProportionToTheirPriority() {
        fill(100);
        learnErrors();
        Map<Integer, Double> probabilities = probabilities();
        double critical = ChiSquare.critical(probabilities.size() - 1);
        double single = chiSquare(probabilities, 100_000, 1);
        assertTrue(single < critical, "chi-square " + single);
        double stratified = chiSquare(probabilities, 4000, 25);
        assertTrue(stratified < critical, "chi-square " + stratified);
        probabilities.replaceAll((number, probability) -> 1.0 / probabilities.size());
        assertTrue(chiSquare(probabilities, 4000, 25) > critical, "uniform passes too, so the test says nothing");
    }

    @Test
    void weightsFollowTheFormula() {
        fill(100);
        learnErrors();
        Map<Integer, Double> probabilities = probabilities();
        Batch batch = new Batch(spec, 32);
        for (double beta : new double[] {0, 0.4, 1}) {
            memory.sample(random, beta, batch);
            double[] weights = new double[32];
            double greatest = 0;
            for (int row = 0; row < 32; row++) {
                double probability = probabilities.get(BatchRows.number(batch, row));
                weights[row] = Math.pow(memory.size() * probability, -beta);
                greatest = Math.max(greatest, weights[row]);
            }
            for (int row = 0; row < 32; row++) {
                assertEquals(weights[row] / greatest, batch.weights().getFloat(4 * row), 1e-6);
            }
        }
    }

    @Test
    void drawnTransitionsAreWhatWasAddedWhileTheRingTurns() {
        ReplaySpec stacked = RandomEpisodes.spec(2, 1, new Image(2, 2, 3), 2, 60, 3);
        RandomEpisodes pictures = new RandomEpisodes(stacked, 4, 0.1);
        PrioritizedReplay replay = new PrioritizedReplay(stacked, 0.9, 3, ALPHA, EPSILON);
        Batch batch = new Batch(stacked, 20);
        float[] errors = new float[20];
        replay.observe(pictures.now);
        for (int i = 0; i < 200; i++) {
            pictures.step();
            pictures.addTo(replay);
            Map<Integer, RandomEpisodes.Step> expected = new HashMap<>();
            pictures.drawable().forEach(step -> expected.put(step.number, step));
            assertEquals(expected.size(), replay.size());
            replay.sample(random, 0.4, batch);
            for (int row = 0; row < 20; row++) {
                RandomEpisodes.Step step = expected.get(BatchRows.number(batch, row));
                assertNotNull(step, "a transition that should be gone");
                BatchRows.check(batch, row, step, 0.9, 3);
                errors[row] = (float) random.nextGaussian();
            }
            // The next step overwrites some of them: those must stay out.
            if (i % 2 == 0) {
                pictures.step();
                pictures.addTo(replay);
            }
            replay.update(batch, errors);
        }
    }

    @Test
    void newTransitionsHaveTheGreatestPriority() {
        fill(20);
        Batch batch = new Batch(spec, 8);
        memory.sample(random, 0.4, batch);
        float[] errors = new float[8];
        errors[3] = 50;
        memory.update(batch, errors);
        int row = batch.indices()[3];
        double most = memory.probability(row);
        int before = memory.size();
        episodes.step();
        episodes.addTo(memory);
        assertEquals(before + 2, memory.size());
        int equal = 0;
        for (int i = 0; i < spec.rowsPerCopy() * 2; i++) {
            assertTrue(memory.probability(i) <= memory.probability(row));
            equal += memory.probability(i) == memory.probability(row) ? 1 : 0;
        }
        assertTrue(memory.probability(row) < most);
        // The one that was updated, unless it was drawn twice and set again, and the two that are new.
        assertEquals(3, equal);
    }

    @Test
    void sumsAreThoseOfTheWeightsAfterAnyNumberOfChanges() {
        int size = 1000;
        SumTree changed = new SumTree(size);
        double[] weights = new double[size];
        for (int i = 0; i < 300_000; i++) {
            int leaf = random.nextInt(size);
            weights[leaf] = random.nextInt(4) == 0 ? 0 : Math.exp(20 * random.nextDouble() - 10);
            changed.set(leaf, weights[leaf]);
        }
        SumTree fresh = new SumTree(size);
        fresh.setAll(weights);
        assertEquals(fresh.total(), changed.total());
        double sum = 0;
        for (int leaf = 0; leaf < size; leaf++) {
            if (weights[leaf] > 0) {
                assertEquals(leaf, changed.find(sum + weights[leaf] / 2));
            }
            sum += weights[leaf];
        }
        assertEquals(sum, changed.total(), 1e-9 * sum);
        assertTrue(weights[changed.find(changed.total())] > 0);
    }

    @Test
    void wrongInputIsRefused() {
        Batch batch = new Batch(spec, 4);
        assertThrows(IllegalStateException.class, () -> memory.sample(random, 0.4, batch));
        fill(10);
        memory.sample(random, 0.4, batch);
        double before = memory.probability(batch.indices()[0]);
        assertThrows(IllegalArgumentException.class, () -> memory.sample(random, 1.1, batch));
        assertThrows(IllegalArgumentException.class, () -> memory.update(batch, new float[3]));
        String message = assertThrows(IllegalArgumentException.class,
                () -> memory.update(batch, new float[] {1, 2, Float.NaN, 4})).getMessage();
        assertTrue(message.contains("transition 2 of the batch is NaN"), message);
        assertEquals(before, memory.probability(batch.indices()[0]));
        assertThrows(IllegalArgumentException.class, () -> new PrioritizedReplay(spec, 0.9, 1, 2, 0.01));
        assertThrows(IllegalArgumentException.class, () -> new PrioritizedReplay(spec, 0.9, 1, 0.6, 0));
    }
}
