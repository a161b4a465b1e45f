package dev.limber.testing.environment;

import dev.limber.api.environment.Environment;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Space;
import java.util.Arrays;
import java.util.zip.CRC32;

/// Plays environments with given actions and writes down all that can be seen of them.
final class Playing {

    private Playing() {}

    /// Seeds of `copies` copies [copies].
    static long[] seeds(long seed, int copies) {
        long[] seeds = new long[copies];
        for (int i = 0; i < copies; i++) {
            seeds[i] = SeededRandom.childSeed(seed, i);
        }
        return seeds;
    }

    /// Random elements of a space: all choices, the whole of a bounded range, a normal distribution elsewhere.
    ///
    /// @return [steps, rows * size]
    static float[][] actions(Space space, int steps, int rows, long seed) {
        SeededRandom random = new SeededRandom(seed);
        float[][] actions = new float[steps][rows * space.size()];
        for (float[] step : actions) {
            for (int i = 0; i < step.length; i++) {
                step[i] = switch (space) {
                    case Discrete discrete -> random.nextInt(discrete.n());
                    case Box box -> within(box, i % box.size(), random);
                };
            }
        }
        return actions;
    }

    private static float within(Box box, int i, SeededRandom random) {
        float low = box.low()[i];
        float high = box.high()[i];
        if (Float.isInfinite(low) || Float.isInfinite(high)) {
            return Math.clamp((float) random.nextGaussian(), low, high);
        }
        return (float) (low + (high - low) * random.nextDouble());
    }

    /// The part of one copy in the actions of a batch [steps, size].
    static float[][] slice(float[][] actions, int copy, int size) {
        float[][] part = new float[actions.length][];
        for (int t = 0; t < part.length; t++) {
            part[t] = row(actions[t], copy, size);
        }
        return part;
    }

    /// Takes one step for each row of actions.
    ///
    /// @return what was seen [steps, copies, numbers]
    static float[][][] play(Environment environment, float[][] actions) {
        float[][][] seen = new float[actions.length][environment.copies()][];
        for (int t = 0; t < actions.length; t++) {
            environment.step(actions[t]);
            for (int i = 0; i < seen[t].length; i++) {
                seen[t][i] = look(environment, i);
            }
        }
        return seen;
    }

    /// All that can be seen of one copy after a step: observation, reward, terms, ends, the final observation where an
    /// episode has ended, and a checksum of each picture.
    static float[] look(Environment environment, int copy) {
        int copies = environment.copies();
        int terms = environment.spec().rewardTerms().size();
        float[] values = environment.observations().values();
        int width = values.length / copies;
        float[] seen = new float[2 * width + terms + 5];
        System.arraycopy(values, copy * width, seen, 0, width);
        int at = width;
        seen[at++] = environment.rewards()[copy];
        for (int k = 0; k < terms; k++) {
            seen[at++] = environment.rewardTerms()[k * copies + copy];
        }
        boolean ended = ended(environment, copy);
        seen[at++] = environment.terminated()[copy] ? 1 : 0;
        seen[at++] = environment.truncated()[copy] ? 1 : 0;
        seen[at++] = checksum(environment.observations().pixels(), copy, copies);
        if (ended) {
            System.arraycopy(environment.finalObservations().values(), copy * width, seen, at, width);
            seen[at + width] = checksum(environment.finalObservations().pixels(), copy, copies);
        }
        return seen;
    }

    private static float checksum(byte[] pixels, int copy, int copies) {
        int length = pixels.length / copies;
        CRC32 crc = new CRC32();
        crc.update(pixels, copy * length, length);
        return crc.getValue() & 0xffffff; // what a float holds exactly
    }

    /// True where the last step ended an episode.
    static boolean ended(Environment environment, int copy) {
        return environment.terminated()[copy] || environment.truncated()[copy];
    }

    /// A copy of one row.
    static float[] row(float[] values, int row, int size) {
        return Arrays.copyOfRange(values, row * size, (row + 1) * size);
    }
}
