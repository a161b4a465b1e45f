package dev.limber.learning.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.limber.api.environment.Observations;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Image;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What replay memories cost: memory on and off the heap, and garbage.
class ReplayCostTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// The JVM's own count of memory off the heap.
    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).findFirst().orElseThrow().getMemoryUsed();
    }

    /// Adds steps whose episodes all end at each 200th.
    private static void fill(ReplayMemory memory, int steps, int copies, int observation, int action) {
        boolean[] no = new boolean[copies];
        boolean[] yes = new boolean[copies];
        java.util.Arrays.fill(yes, true);
        Observations values = Observations.of(new float[copies * observation]);
        float[] actions = new float[copies * action];
        float[] rewards = new float[copies];
        memory.observe(values);
        for (int i = 1; i <= steps; i++) {
            memory.add(actions, rewards, no, i % 200 == 0 ? yes : no, values, values);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void aMillionTransitionsOfThePendulumTakeTheirOwnSize(int copies) {
        int capacity = 1_000_000;
        int observation = 3;
        int action = 1;
        long garbage = THREADS.getCurrentThreadAllocatedBytes();
        long before = direct();
        ReplayMemory memory = new ReplayMemory(
                RandomEpisodes.spec(observation, action, null, copies, capacity, 1), 0.99);
        assertEquals(0, memory.bytes());
        fill(memory, capacity / copies, copies, observation, action);
        long offHeap = direct() - before;
        long heap = THREADS.getCurrentThreadAllocatedBytes() - garbage;
        Reference.reachabilityFence(memory);
        // Two observations, action, reward and a flag.
        long own = 4 * (2 * observation + action + 1) + 1;
        // What the layout shares, with one row more for each episode of 200 steps.
        double shared = (4 * (observation + action + 1) + 1) * (1 + 1 / 200.0);
        assertTrue(memory.size() > 0.99 * capacity, memory.size() + " transitions");
        double each = (double) memory.bytes() / memory.size();
        assertTrue(each <= 1.05 * shared, each + " bytes per transition");
        assertTrue(offHeap + heap <= 1.05 * own * memory.size(), offHeap + " bytes off the heap, " + heap + " on it");
    }

    /// Each round copies all chunks once, 1.3 MB.
    @Test
    void savingAgainAndAgainTakesNoMoreAndMoreMemory() {
        int capacity = 60_000;
        ReplayMemory memory = new ReplayMemory(RandomEpisodes.spec(3, 1, null, 1, capacity, 1), 0.99);
        fill(memory, capacity, 1, 3, 1);
        long before = direct();
        for (int round = 0; round < 50; round++) {
            memory.save();
            fill(memory, capacity, 1, 3, 1);
        }
        long grown = direct() - before;
        assertTrue(grown < 30 << 20, "memory off the heap has grown by " + grown + " bytes");
    }

    @Test
    void memoryThatDoesNotFitIsRefusedBeforeAnythingIsRemembered() {
        ReplaySpec spec = RandomEpisodes.spec(3, 1, null, 1, 100_000_000, 1);
        String message = assertThrows(UsageException.class, () -> spec.requireRoom(200_000_000, 1L << 30)).getMessage();
        assertEquals("a replay memory of 100,000,000 transitions takes 2,002 MiB, and 1,024 MiB are there for it: "
                + "remember 51,130,563 or less, or start Java with a larger -XX:MaxDirectMemorySize", message);
        spec.requireRoom(50_000_000, 1L << 30); // a shorter run does not fill it
    }

    @Test
    void roomIsWhatTheJvmWasStartedWith() {
        assertEquals(3L << 30,
                DirectMemory.limit(List.of("-Xmx1g", "-XX:MaxDirectMemorySize=5k", "-XX:MaxDirectMemorySize=3g"), 7));
        assertEquals(7, DirectMemory.limit(List.of("-Xmx1g", "-XX:MaxDirectMemorySize=0"), 7));
    }

    @Test
    void stackedFramesAreStoredOnce() {
        ReplaySpec spec = RandomEpisodes.spec(0, 1, new Image(16, 16, 4), 2, 20_000, 4);
        RandomEpisodes episodes = new RandomEpisodes(spec, 1, 0.005);
        ReplayMemory memory = new ReplayMemory(spec, 0.99);
        memory.observe(episodes.now);
        for (int i = 0; i < 11_000; i++) {
            episodes.step();
            episodes.addTo(memory);
        }
        double each = (double) memory.bytes() / memory.size();
        double frame = 16 * 16;
        assertTrue(each <= 1.05 * (frame + 4 + 4 + 1), each + " bytes per transition");
    }

    @Test
    void anEmptyMemoryTakesNothingAndAYoungOneLittle() {
        ReplaySpec spec = RandomEpisodes.spec(0, 1, new Image(84, 84, 4), 8, 1_000_000, 4);
        ReplayMemory memory = new ReplayMemory(spec, 0.99);
        assertEquals(0, memory.bytes());
        memory.observe(new Observations(new float[0], new byte[8 * 84 * 84 * 4]));
        assertTrue(memory.bytes() <= 8 * (1 << 20), memory.bytes() + " bytes");
    }

    @Test
    void nothingIsAllocatedPerStepOrSample() {
        ReplaySpec spec = RandomEpisodes.spec(3, 2, new Image(4, 4, 4), 2, 2000, 4);
        RandomEpisodes episodes = new RandomEpisodes(spec, 1, 0.1);
        PrioritizedReplay prioritized = new PrioritizedReplay(spec, 0.99, 3, 0.6, 0.01);
        ReplayMemory uniform = new ReplayMemory(spec, 0.99, 3);
        prioritized.observe(episodes.now);
        uniform.observe(episodes.now);
        for (int i = 0; i < 2000; i++) {
            episodes.step();
            episodes.addTo(uniform);
            episodes.addTo(prioritized);
        }
        SeededRandom random = new SeededRandom(3);
        Batch batch = new Batch(spec, 32);
        float[] errors = new float[32];
        java.util.Arrays.fill(errors, 0.5f);
        // The last step goes in again and again: its stack must follow itself.
        java.util.Arrays.fill(episodes.now.pixels(), (byte) 1);
        java.util.Arrays.fill(episodes.finals.pixels(), (byte) 1);
        java.util.Arrays.fill(episodes.finals.values(), 0);
        uniform.observe(episodes.now);
        prioritized.observe(episodes.now);
        long least = Long.MAX_VALUE;
        // Compiled code allocates nothing; how soon it is compiled is the machine's affair.
        for (int round = 0; round < 60 && least > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 500; i++) {
                episodes.terminated[0] = i % 50 == 0;
                uniform.observe(episodes.now);
                episodes.addTo(uniform);
                uniform.sample(random, batch);
                episodes.addTo(prioritized);
                prioritized.sample(random, 0.5, batch);
                prioritized.update(batch, errors);
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}
