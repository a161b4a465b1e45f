package dev.limber.learning.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Image;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayMemoryTest {

    private static final double GAMMA = 0.9;

    /// Adds random episodes, with interruptions, and holds all that can be drawn against them again and again.
    @ParameterizedTest
    @CsvSource({
        // copies, capacity, picture channels, frames, steps, probability of an end
        "1, 64, 0, 1, 1, 0.1", "1, 4, 0, 1, 1, 0.3", "3, 100, 0, 1, 3, 0.1", "4, 64, 0, 1, 5, 0.5",
        "2, 80, 0, 1, 4, 1", "1, 50, 3, 1, 1, 0.1", "1, 60, 4, 4, 1, 0.1", "3, 200, 6, 2, 3, 0.2",
        "2, 40, 12, 4, 2, 0.6", "2, 1000, 3, 3, 5, 0.02"})
    void whatIsDrawnIsWhatWasAdded(int copies, int capacity, int channels, int frames, int steps, double ends) {
        Image image = channels == 0 ? null : new Image(3, 2, channels);
        ReplaySpec spec = RandomEpisodes.spec(3, 2, image, copies, capacity, frames);
        RandomEpisodes episodes = new RandomEpisodes(spec, 1, ends);
        ReplayMemory memory = new ReplayMemory(spec, GAMMA, steps);
        SeededRandom random = new SeededRandom(2);
        Batch batch = new Batch(spec, 16);
        memory.observe(episodes.now);
        for (int i = 1; i <= 3 * capacity / copies; i++) {
            if (random.nextInt(20) == 0) {
                episodes.interrupt(random.nextInt(copies));
            }
            memory.observe(episodes.now);
            episodes.step();
            episodes.addTo(memory);
            if (i % (capacity / copies / 4) == 0 || i < 5) {
                Map<Integer, RandomEpisodes.Step> expected = new HashMap<>();
                episodes.drawable().forEach(step -> expected.put(step.number, step));
                assertEquals(expected.size(), memory.size());
                Set<Integer> drawn = new HashSet<>();
                for (int draws = 0; draws < 30 * expected.size() && !expected.isEmpty(); draws += batch.size()) {
                    memory.sample(random, batch);
                    for (int row = 0; row < batch.size(); row++) {
                        RandomEpisodes.Step step = expected.get(BatchRows.number(batch, row));
                        assertNotNull(step, "a transition that should be gone");
                        BatchRows.check(batch, row, step, GAMMA, steps);
                        assertEquals(1, batch.weights().getFloat(4 * row));
                        drawn.add(step.number);
                    }
                }
                assertEquals(expected.keySet(), drawn);
            }
        }
    }

    @Test
    void observingWhatIsKnownChangesNothing() {
        ReplaySpec spec = RandomEpisodes.spec(2, 1, new Image(4, 4, 4), 2, 100, 4);
        RandomEpisodes episodes = new RandomEpisodes(spec, 3, 0.1);
        ReplayMemory once = new ReplayMemory(spec, GAMMA);
        ReplayMemory often = new ReplayMemory(spec, GAMMA);
        once.observe(episodes.now);
        for (int i = 0; i < 200; i++) {
            often.observe(episodes.now);
            often.observe(episodes.now);
            episodes.step();
            episodes.addTo(once);
            episodes.addTo(often);
        }
        Batch one = new Batch(spec, 64);
        Batch other = new Batch(spec, 64);
        once.sample(new SeededRandom(1), one);
        often.sample(new SeededRandom(1), other);
        assertTrue(java.util.Arrays.equals(BatchRows.all(one), BatchRows.all(other)));
    }

    @Test
    void everyTransitionIsAsLikely() {
        ReplaySpec spec = RandomEpisodes.spec(1, 1, new Image(1, 1, 2), 3, 300, 2);
        RandomEpisodes episodes = new RandomEpisodes(spec, 5, 0.2);
        ReplayMemory memory = new ReplayMemory(spec, GAMMA);
        memory.observe(episodes.now);
        for (int i = 0; i < 250; i++) {
            episodes.step();
            episodes.addTo(memory);
        }
        Batch batch = new Batch(spec, 100);
        SeededRandom random = new SeededRandom(6);
        Map<Integer, Integer> counts = new HashMap<>();
        int draws = 2000 * batch.size();
        for (int i = 0; i < 2000; i++) {
            memory.sample(random, batch);
            for (int row = 0; row < batch.size(); row++) {
                counts.merge(BatchRows.number(batch, row), 1, Integer::sum);
            }
        }
        double expected = draws / (double) memory.size();
        double chiSquare = 0;
        for (RandomEpisodes.Step step : episodes.drawable()) {
            double difference = counts.getOrDefault(step.number, 0) - expected;
            chiSquare += difference * difference / expected;
        }
        assertTrue(chiSquare < ChiSquare.critical(memory.size() - 1), "chi-square " + chiSquare);
    }

    @Test
    void sameSeedDrawsTheSame() {
        ReplaySpec spec = RandomEpisodes.spec(3, 1, null, 2, 100, 1);
        RandomEpisodes episodes = new RandomEpisodes(spec, 7, 0.1);
        ReplayMemory memory = new ReplayMemory(spec, GAMMA, 3);
        memory.observe(episodes.now);
        for (int i = 0; i < 80; i++) {
            episodes.step();
            episodes.addTo(memory);
        }
        Batch one = new Batch(spec, 32);
        Batch other = new Batch(spec, 32);
        memory.sample(new SeededRandom(9), one);
        memory.sample(new SeededRandom(9), other);
        assertTrue(java.util.Arrays.equals(BatchRows.all(one), BatchRows.all(other)));
    }

    @Test
    void buffersAreDirectAndInNativeOrder() {
        Batch batch = new Batch(RandomEpisodes.spec(3, 1, new Image(2, 2, 3), 1, 10, 1), 4);
        assertTrue(batch.observations().isDirect());
        assertEquals(java.nio.ByteOrder.nativeOrder(), batch.observations().order());
        assertEquals(4 * 3 * 4, batch.observations().capacity());
        assertEquals(4 * 12, batch.nextPixels().capacity());
    }

    @Test
    void wrongInputIsRefusedByNameAndChangesNothing() {
        ReplaySpec spec = ReplaySpec.of(EnvironmentSpec.of("Pendulum", Box.unbounded("cos", "sin", "velocity [rad/s]"),
                Box.symmetric(new float[] {2}, "torque [N m]")).build(), 2, 100);
        ReplayMemory memory = new ReplayMemory(spec, GAMMA);
        Batch batch = new Batch(spec, 4);
        boolean[] no = new boolean[2];
        boolean[] yes = {false, true};
        Observations good = Observations.of(new float[6]);
        Observations bad = Observations.of(new float[] {0, 0, 0, 0, 0, Float.NaN});
        float[] two = new float[2];

        assertMessage("empty", IllegalStateException.class, () -> memory.sample(new SeededRandom(1), batch));
        assertMessage("observed", IllegalStateException.class, () -> memory.add(two, two, no, no, good, good));
        assertMessage("copy 1 is NaN in 'velocity [rad/s]'", IllegalArgumentException.class, () -> memory.observe(bad));
        memory.observe(good);
        assertMessage("action has 3 numbers, 2 copies x 1", IllegalArgumentException.class,
                () -> memory.add(new float[3], two, no, no, good, good));
        assertMessage("'torque [N m]'", IllegalArgumentException.class,
                () -> memory.add(new float[] {0, Float.POSITIVE_INFINITY}, two, no, no, good, good));
        assertMessage("reward of copy 0 is NaN", IllegalArgumentException.class,
                () -> memory.add(two, new float[] {Float.NaN, 0}, no, no, good, good));
        assertMessage("terminated has 1", IllegalArgumentException.class,
                () -> memory.add(two, two, new boolean[1], no, good, good));
        assertMessage("next observation has 0", IllegalArgumentException.class,
                () -> memory.add(two, two, no, no, Observations.of(new float[0]), good));
        assertMessage("next observation of copy 1", IllegalArgumentException.class,
                () -> memory.add(two, two, no, no, bad, good));
        assertMessage("final observation of copy 1", IllegalArgumentException.class,
                () -> memory.add(two, two, no, yes, good, bad));
        assertEquals(0, memory.size());
        memory.add(two, two, no, no, good, bad);
        assertEquals(2, memory.size());

        Batch other = new Batch(RandomEpisodes.spec(4, 1, null, 2, 100, 1), 4);
        assertMessage("Box(4)", IllegalArgumentException.class, () -> memory.sample(new SeededRandom(1), other));
        assertMessage("capacity is 7", IllegalArgumentException.class,
                () -> RandomEpisodes.spec(1, 1, null, 2, 7, 1));
        assertMessage("frames is 2", IllegalArgumentException.class,
                () -> RandomEpisodes.spec(1, 1, new Image(2, 2, 3), 2, 70, 2));
        assertMessage("gamma is 1.5", IllegalArgumentException.class, () -> new ReplayMemory(spec, 1.5));
        assertMessage("steps is 0", IllegalArgumentException.class, () -> new ReplayMemory(spec, 1, 0));
    }

    @Test
    void picturesThatAreNoStackAreRefused() {
        ReplaySpec spec = new ReplaySpec(Box.unbounded(), java.util.Optional.of(new Image(2, 2, 2)),
                Discrete.of("left", "right"), 1, 20, 2);
        ReplayMemory memory = new ReplayMemory(spec, GAMMA);
        Observations first = new Observations(new float[0], new byte[] {1, 2, 1, 2, 1, 2, 1, 2});
        Observations slid = new Observations(new float[0], new byte[] {2, 3, 2, 3, 2, 3, 2, 3});
        Observations odd = new Observations(new float[0], new byte[] {2, 3, 2, 3, 2, 3, 1, 3});
        float[] one = {1};
        boolean[] no = {false};
        memory.observe(first);
        assertMessage("no stack of 2 frames", IllegalArgumentException.class,
                () -> memory.add(one, one, no, no, odd, odd));
        memory.add(one, one, no, no, slid, odd);
        assertEquals(1, memory.size());
    }

    private static void assertMessage(String part, Class<? extends RuntimeException> type, Runnable call) {
        String message = assertThrows(type, call::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
