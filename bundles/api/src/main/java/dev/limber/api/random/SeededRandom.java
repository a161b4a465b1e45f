package dev.limber.api.random;

import java.util.random.RandomGenerator;

/// A random generator whose whole state is four `long`s that can be saved, so that a resumed run draws the same
/// numbers as one that went on.
///
/// It is xoshiro256++ 1.0 (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021), seeded by
/// SplitMix64 as its authors recommend. The JDK's generators have no state that can be read. Not thread-safe: give
/// each thread its own by [#split].
public final class SeededRandom implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /// The generator of `seed`: equal seeds give equal numbers.
    public SeededRandom(long seed) {
        seed(seed);
    }

    /// Starts over as the generator of `seed`.
    public void seed(long seed) {
        long z = seed;
        s0 = mix(z += GOLDEN_GAMMA);
        s1 = mix(z += GOLDEN_GAMMA);
        s2 = mix(z += GOLDEN_GAMMA);
        s3 = mix(z + GOLDEN_GAMMA);
    }

    /// The seed of the `index`-th child of `seed`, the same whatever else has been drawn. Use it to give every copy,
    /// thread or part its own stream.
    public static long childSeed(long seed, long index) {
        return mix(mix(seed + GOLDEN_GAMMA) + GOLDEN_GAMMA * (index + 1));
    }

    /// A generator independent of this one, seeded by the next number of this one.
    public SeededRandom split() {
        return new SeededRandom(nextLong());
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /// Writes the four words of the state to `target` from `offset` on.
    public void save(long[] target, int offset) {
        target[offset] = s0;
        target[offset + 1] = s1;
        target[offset + 2] = s2;
        target[offset + 3] = s3;
    }

    /// Takes over a state written by [#save].
    ///
    /// @throws IllegalArgumentException where all four words are 0, which is no state of this generator
    public void restore(long[] source, int offset) {
        if ((source[offset] | source[offset + 1] | source[offset + 2] | source[offset + 3]) == 0) {
            throw new IllegalArgumentException("a random state of four zeros cannot be restored");
        }
        s0 = source[offset];
        s1 = source[offset + 1];
        s2 = source[offset + 2];
        s3 = source[offset + 3];
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
