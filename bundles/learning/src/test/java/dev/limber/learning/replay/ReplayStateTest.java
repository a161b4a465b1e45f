package dev.limber.learning.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Image;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// Saving, handing over, going back, writing to files while training goes on.
class ReplayStateTest {

    private final ReplaySpec spec = RandomEpisodes.spec(30, 2, new Image(4, 4, 2), 3, 9000, 2);
    private final RandomEpisodes episodes = new RandomEpisodes(spec, 1, 0.05);
    private final Batch batch = new Batch(spec, 64);

    private ReplayMemory memory() {
        return new ReplayMemory(spec, 0.9, 3);
    }

    private PrioritizedReplay prioritized() {
        return new PrioritizedReplay(spec, 0.9, 3, 0.6, 0.01);
    }

    private void add(int steps, ReplayMemory... memories) {
        for (int i = 0; i < steps; i++) {
            episodes.step();
            for (ReplayMemory memory : memories) {
                episodes.addTo(memory);
            }
        }
    }

    private byte[] drawn(ReplayMemory memory, long seed) {
        memory.sample(new SeededRandom(seed), batch);
        return BatchRows.all(batch);
    }

    private byte[] drawn(PrioritizedReplay memory, long seed) {
        memory.sample(new SeededRandom(seed), 0.5, batch);
        return BatchRows.all(batch);
    }

    /// A copy as a file would bring it back: every tensor in memory of its own.
    private static State copy(State state, Arena arena) {
        State copy = new State(state.schema(), state.version());
        state.entries().forEach((name, value) -> {
            switch (value) {
                case String text -> copy.put(name, text);
                case Long number -> copy.put(name, number);
                case Double number -> copy.put(name, number);
                case Boolean flag -> copy.put(name, flag);
                case State nested -> copy.put(name, copy(nested, arena));
                case Tensor tensor -> {
                    MemorySegment memory = arena == null
                            ? MemorySegment.ofArray(new double[(int) (tensor.memory().byteSize() + 7) / 8]).asSlice(0,
                                    tensor.memory().byteSize())
                            : arena.allocate(tensor.memory().byteSize(), 8);
                    memory.copyFrom(tensor.memory());
                    copy.put(name, new Tensor(tensor.type(), memory, tensor.shape()));
                }
                default -> throw new AssertionError(name);
            }
        });
        return copy;
    }

    private static long checksum(State state) {
        CRC32 sum = new CRC32();
        for (Object value : state.entries().values()) {
            if (value instanceof Tensor tensor) {
                sum.update(tensor.memory().toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return sum.getValue();
    }

    @Test
    void goingOnAfterRestoreIsGoingOn() {
        ReplayMemory original = memory();
        original.observe(episodes.now);
        // Once while the rings fill, once when they have turned.
        for (int round = 0; round < 2; round++) {
            add(round == 0 ? 1000 : 5000, original);
            State state = original.save();
            ReplayMemory handedOver = memory();
            ReplayMemory fromHeap = memory();
            ReplayMemory fromConfined = memory();
            handedOver.restore(state);
            fromHeap.restore(copy(state, null));
            try (Arena confined = Arena.ofConfined()) {
                fromConfined.restore(copy(state, confined));
            }
            for (int i = 0; i < 20; i++) {
                byte[] expected = drawn(original, i);
                assertArrayEquals(expected, drawn(handedOver, i));
                assertArrayEquals(expected, drawn(fromHeap, i));
                assertArrayEquals(expected, drawn(fromConfined, i));
                add(200, original, handedOver, fromHeap, fromConfined);
            }
            assertEquals(original.size(), handedOver.size());
        }
    }

    @Test
    void priorityGoesAlong() {
        PrioritizedReplay original = prioritized();
        original.observe(episodes.now);
        SeededRandom random = new SeededRandom(5);
        float[] errors = new float[64];
        for (int i = 0; i < 4000; i++) {
            episodes.step();
            episodes.addTo(original);
            if (i % 10 == 0) {
                original.sample(random, 0.5, batch);
                for (int row = 0; row < errors.length; row++) {
                    errors[row] = (float) random.nextGaussian();
                }
                original.update(batch, errors);
            }
        }
        PrioritizedReplay other = prioritized();
        other.restore(copy(original.save(), null));
        for (int i = 0; i < 20; i++) {
            assertArrayEquals(drawn(original, i), drawn(other, i));
            original.update(batch, errors);
            other.update(batch, errors);
            episodes.step();
            episodes.addTo(original);
            episodes.addTo(other);
        }
    }

    @Test
    void handingOverTakesNoCopyAndLeavesTheStateGoodForGoingBack() {
        ReplayMemory old = memory();
        old.observe(episodes.now);
        add(4000, old);
        State state = old.save();
        byte[] before = drawn(old, 7);
        long sum = checksum(state);
        ReplayMemory successor = memory();
        successor.restore(state);
        assertEquals(state.tensor("numbers.0").memory().address(),
                successor.save().tensor("numbers.0").memory().address());
        // The successor writes everywhere, even after it thinks that nobody looks any more.
        successor.release();
        add(4000, successor);
        assertEquals(sum, checksum(state));
        old.restore(state);
        assertArrayEquals(before, drawn(old, 7));
    }

    @Test
    void aStateIsReadByAnotherThreadWhileTrainingGoesOn() throws InterruptedException {
        ReplayMemory memory = memory();
        memory.observe(episodes.now);
        add(4000, memory);
        State state = memory.save();
        long sum = checksum(state);
        long[] sums = new long[20];
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = checksum(state);
            }
        });
        do {
            add(50, memory);
        } while (writer.isAlive());
        writer.join();
        add(3500, memory);
        for (long seen : sums) {
            assertEquals(sum, seen);
        }
        assertEquals(sum, checksum(state));
    }

    @Test
    void releasedMemoryIsUsedAgain() {
        ReplayMemory memory = memory();
        memory.observe(episodes.now);
        add(4000, memory);
        long full = memory.bytes();
        memory.save();
        add(100, memory);
        memory.release();
        long after = memory.bytes();
        assertTrue(after > full);
        for (int i = 0; i < 100; i++) {
            memory.save();
            add(100, memory);
            memory.release();
            add(50, memory);
        }
        // The rings have turned several times; a step of 100 rows never touches more chunks than these.
        assertTrue(memory.bytes() <= full + 2 * (after - full), memory.bytes() + " bytes, " + full + " when full");
    }

    @Test
    void aStateThatDoesNotFitIsRefusedAndChangesNothing() {
        ReplayMemory memory = memory();
        memory.observe(episodes.now);
        add(500, memory);
        byte[] before = drawn(memory, 3);
        ReplayMemory other = new ReplayMemory(RandomEpisodes.spec(30, 1, new Image(4, 4, 2), 3, 9000, 2), 0.9, 3);
        String message = assertThrows(IncompatibleStateException.class, () -> memory.restore(other.save()))
                .getMessage();
        assertTrue(message.contains("action 1, expected 2"), message);
        assertThrows(IncompatibleStateException.class, () -> memory.restore(new State("something.else", 1)));
        // A state that has lost its rows.
        State torn = new State("dev.limber.learning.replay", 1);
        memory.save().entries().forEach((name, value) -> {
            if (value instanceof Long number) {
                torn.put(name, number);
            } else if (value instanceof Tensor tensor && !name.contains(".")) {
                torn.put(name, tensor);
            }
        });
        assertThrows(IncompatibleStateException.class, () -> memory.restore(torn));
        PrioritizedReplay prioritized = prioritized();
        State empty = prioritized.save();
        State wrong = new State(empty.schema(), empty.version()).put("memory", memory.save())
                .put("priorities", empty.tensor("priorities")).put("greatest", 1.0);
        assertThrows(IncompatibleStateException.class, () -> prioritized.restore(wrong));
        assertEquals(0, prioritized.size());
        assertArrayEquals(before, drawn(memory, 3));
        assertFalse(torn.has("numbers.0"));
    }
}
