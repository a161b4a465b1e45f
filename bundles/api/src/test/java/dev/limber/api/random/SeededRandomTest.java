package dev.limber.api.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededRandomTest {

    @Test
    void drawsTheReferenceNumbersOfXoshiro256PlusPlus() {
        // What the authors' C code (prng.di.unimi.it/xoshiro256plusplus.c) gives from the state 1, 2, 3, 4.
        String[] expected = {"41943041", "58720359", "3588806011781223", "3591011842654386", "9228616714210784205",
            "9973669472204895162", "14011001112246962877", "12406186145184390807", "15849039046786891736",
            "10450023813501588000"};
        SeededRandom random = new SeededRandom(0);
        random.restore(new long[] {1, 2, 3, 4}, 0);
        for (String number : expected) {
            assertEquals(number, Long.toUnsignedString(random.nextLong()));
        }
    }

    @Test
    void seedsItsStateByTheReferenceNumbersOfSplitMix64() {
        long[] state = new long[4];
        new SeededRandom(1234567).save(state, 0);
        String[] expected = {"6457827717110365317", "3203168211198807973", "9817491932198370423",
            "4593380528125082431"};
        for (int i = 0; i < state.length; i++) {
            assertEquals(expected[i], Long.toUnsignedString(state[i]));
        }
    }

    @Test
    void restoredStateDrawsOnWhereItWasSaved() {
        SeededRandom random = new SeededRandom(42);
        random.longs(100).sum();
        long[] state = new long[6];
        random.save(state, 2);
        long[] expected = random.longs(50).toArray();

        SeededRandom other = new SeededRandom(7);
        other.restore(state, 2);
        assertArrayEquals(expected, other.longs(50).toArray());
        assertArrayEquals(new long[] {0, 0}, new long[] {state[0], state[1]}, "save has written before its offset");
    }

    @Test
    void gaussiansHaveNoStateBesidesTheFourWords() {
        SeededRandom random = new SeededRandom(42);
        random.nextGaussian();
        long[] state = new long[4];
        random.save(state, 0);
        double expected = random.nextGaussian();
        SeededRandom other = new SeededRandom(7);
        other.restore(state, 0);
        assertEquals(expected, other.nextGaussian());
    }

    @Test
    void fourZerosAreNoState() {
        SeededRandom random = new SeededRandom(1);
        assertThrows(IllegalArgumentException.class, () -> random.restore(new long[4], 0));
        assertEquals(new SeededRandom(1).nextLong(), random.nextLong());
    }

    @Test
    void seedStartsOver() {
        SeededRandom random = new SeededRandom(1);
        long[] expected = random.longs(5).toArray();
        random.seed(1);
        assertArrayEquals(expected, random.longs(5).toArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -1, Long.MIN_VALUE, 0x9e3779b97f4a7c15L, 2 * 0x9e3779b97f4a7c15L})
    void childrenDifferFromTheirParentAndEachOther(long seed) {
        Set<Long> seen = new HashSet<>();
        seen.add(seed);
        for (int i = 0; i < 1000; i++) {
            assertTrue(seen.add(SeededRandom.childSeed(seed, i)), "child " + i + " of " + seed);
        }
    }

    @Test
    void childrenOfDifferentParentsDiffer() {
        Set<Long> seen = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            for (int i = 0; i < 100; i++) {
                assertTrue(seen.add(SeededRandom.childSeed(seed, i)), "child " + i + " of " + seed);
            }
        }
    }

    @Test
    void bitsOfNeighbouringChildrenAreUncorrelated() {
        // Of 64 bits of 10,000 pairs half differ: 320,000 with a standard deviation of 400.
        int different = 0;
        for (int i = 0; i < 10_000; i++) {
            long left = new SeededRandom(SeededRandom.childSeed(0, i)).nextLong();
            long right = new SeededRandom(SeededRandom.childSeed(0, i + 1)).nextLong();
            different += Long.bitCount(left ^ right);
        }
        assertEquals(320_000, different, 5 * 400);
    }

    @Test
    void splitMovesOnByOneNumber() {
        SeededRandom random = new SeededRandom(9);
        SeededRandom same = new SeededRandom(9);
        SeededRandom child = random.split();
        assertEquals(new SeededRandom(same.nextLong()).nextLong(), child.nextLong());
        assertEquals(same.nextLong(), random.nextLong());
        assertNotEquals(random.nextLong(), child.nextLong());
    }
}
