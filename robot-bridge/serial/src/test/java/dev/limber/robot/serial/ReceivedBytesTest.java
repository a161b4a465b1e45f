package dev.limber.robot.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.limber.api.random.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceivedBytesTest {

    private static final int CAPACITY = 16;

    private static List<Byte> kept(ReceivedBytes received) {
        var kept = new ArrayList<Byte>();
        for (int i = received.start(); i < received.end(); i++) {
            kept.add(received.array()[i]);
        }
        return kept;
    }

    /// Kept is the end of what has come: all of it while it fits, and never less than what fits.
    @Test
    void theNewestBytesAreKeptInTheirOrder() {
        var random = new SeededRandom(11);
        var received = new ReceivedBytes(CAPACITY);
        byte[] array = received.array();
        var all = new ArrayList<Byte>();
        byte[] source = new byte[3 * CAPACITY];
        for (int round = 0; round < 10_000; round++) {
            random.nextBytes(source);
            int offset = random.nextInt(CAPACITY);
            int count = random.nextInt(round % 8 == 0 ? 2 * CAPACITY : CAPACITY / 2);
            received.accept(source, offset, count);
            for (int i = offset; i < offset + count; i++) {
                all.add(source[i]);
            }
            while (all.size() > CAPACITY) {
                all.removeFirst();
            }
            assertEquals(all, kept(received), "round " + round);
            int taken = random.nextInt(all.size() + 1);
            received.dropBefore(received.start() + taken);
            all.subList(0, taken).clear();
            assertEquals(all, kept(received), "round " + round);
        }
        assertSame(array, received.array());
        received.clear();
        assertEquals(List.of(), kept(received));
    }
}
