package dev.limber.learning.normalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.state.IncompatibleStateException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ReturnScalerTest {

    private static final double GAMMA = 0.9;
    private static final int COPIES = 3;

    private final SeededRandom random = new SeededRandom(13);
    private final float[] rewards = new float[COPIES];
    private final boolean[] terminated = new boolean[COPIES];
    private final boolean[] truncated = new boolean[COPIES];

    @Test
    void varianceIsThatOfAllReturnsOfRunningEpisodes() {
        var scaler = new ReturnScaler(COPIES, GAMMA, 10, 1e-8);
        // Literally: the rewards of every copy's running episode, summed anew in each step.
        var episodes = new ArrayList<ArrayList<Float>>();
        var returns = new ArrayList<Double>();
        for (int copy = 0; copy < COPIES; copy++) {
            episodes.add(new ArrayList<>());
        }
        for (int step = 0; step < 300; step++) {
            draw(1);
            scaler.learn(rewards, terminated, truncated);
            for (int copy = 0; copy < COPIES; copy++) {
                var episode = episodes.get(copy);
                episode.add(rewards[copy]);
                double sum = 0;
                for (int i = 0; i < episode.size(); i++) {
                    sum += Math.pow(GAMMA, episode.size() - 1 - i) * episode.get(i);
                }
                returns.add(sum);
                if (terminated[copy] || truncated[copy]) {
                    episode.clear();
                }
            }
        }
        double mean = returns.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double variance = returns.stream().mapToDouble(r -> (r - mean) * (r - mean)).average().orElseThrow();
        assertEquals(variance, scaler.variance(), 1e-5 * variance);
        var target = new float[COPIES];
        scaler.apply(rewards, target);
        for (int copy = 0; copy < COPIES; copy++) {
            assertEquals(rewards[copy] / Math.sqrt(variance), target[copy], 1e-5);
        }
    }

    @Test
    void unitOfTheRewardDoesNotMatter() {
        var small = new ReturnScaler(COPIES, GAMMA, 10, 1e-12);
        var large = new ReturnScaler(COPIES, GAMMA, 10, 1e-12);
        var smallTarget = new float[COPIES];
        var largeTarget = new float[COPIES];
        for (int step = 0; step < 100; step++) {
            draw(1);
            small.learn(rewards, terminated, truncated);
            small.apply(rewards, smallTarget);
            for (int copy = 0; copy < COPIES; copy++) {
                rewards[copy] *= 1024;
            }
            large.learn(rewards, terminated, truncated);
            large.apply(rewards, largeTarget);
            assertArrayEquals(smallTarget, largeTarget, 1e-5f);
        }
    }

    @Test
    void scaledRewardsAreClippedAndKeepTheirSigns() {
        var scaler = new ReturnScaler(COPIES, GAMMA, 0.5, 1e-8);
        for (int step = 0; step < 50; step++) {
            draw(1);
            scaler.learn(rewards, terminated, truncated);
        }
        float[] values = {1e6f, -1e6f, 0};
        scaler.apply(values, values);
        assertArrayEquals(new float[] {0.5f, -0.5f, 0}, values);
    }

    @Test
    void restoredScalerGoesOnBitForBit() {
        var scaler = new ReturnScaler(COPIES, GAMMA, 10, 1e-8);
        for (int step = 0; step < 50; step++) {
            draw(1);
            scaler.learn(rewards, terminated, truncated);
        }
        var restored = new ReturnScaler(COPIES, GAMMA, 10, 1e-8);
        restored.restore(scaler.save());
        for (int step = 0; step < 50; step++) {
            draw(1);
            scaler.learn(rewards, terminated, truncated);
            restored.learn(rewards, terminated, truncated);
            assertEquals(scaler.variance(), restored.variance());
        }
        assertThrows(IncompatibleStateException.class,
                () -> scaler.restore(new ReturnScaler(COPIES + 1, GAMMA, 10, 1e-8).save()));
        assertEquals(restored.variance(), scaler.variance());
    }

    @Test
    void rewardThatIsNotFiniteIsRefusedAndChangesNothing() {
        var scaler = new ReturnScaler(COPIES, GAMMA, 10, 1e-8);
        draw(1);
        scaler.learn(rewards, terminated, truncated);
        double variance = scaler.variance();
        rewards[2] = Float.NaN;
        assertEquals("reward of copy 2 is NaN, only finite numbers can be scaled",
                assertThrows(IllegalArgumentException.class, () -> scaler.learn(rewards, terminated, truncated))
                        .getMessage());
        assertEquals(variance, scaler.variance());
    }

    private void draw(double std) {
        for (int copy = 0; copy < COPIES; copy++) {
            rewards[copy] = (float) (0.3 + std * random.nextGaussian());
            terminated[copy] = random.nextInt(10) == 0;
            truncated[copy] = random.nextInt(10) == 0;
        }
    }
}
