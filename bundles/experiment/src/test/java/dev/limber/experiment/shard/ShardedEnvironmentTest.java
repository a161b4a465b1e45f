package dev.limber.experiment.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.Observations;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.experiment.fixture.Walk;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShardedEnvironmentTest {

    private static final int COPIES = 7;

    private static Environment create(int threads) {
        Environment environment = ShardedEnvironment.create(new Walk(), Options.of(Map.of("maxSteps", 9)), COPIES,
                threads);
        var seeds = new long[COPIES];
        for (int i = 0; i < COPIES; i++) {
            seeds[i] = i;
        }
        environment.reset(seeds);
        return environment;
    }

    private static void assertSame(Environment whole, Environment sharded, boolean ends) {
        assertArrayEquals(whole.observations().values(), sharded.observations().values());
        assertArrayEquals(whole.rewards(), sharded.rewards());
        assertArrayEquals(whole.rewardTerms(), sharded.rewardTerms());
        assertArrayEquals(whole.terminated(), sharded.terminated());
        assertArrayEquals(whole.truncated(), sharded.truncated());
        Observations finals = whole.finalObservations();
        for (int i = 0; ends && i < COPIES; i++) {
            if (whole.terminated()[i] || whole.truncated()[i]) {
                assertEquals(finals.values()[2 * i], sharded.finalObservations().values()[2 * i]);
            }
        }
    }

    @Test
    void shardsShowWhatOneBatchShows() {
        for (int threads : new int[] {2, 3, 7, 50}) {
            try (Environment whole = create(1);
                    Environment sharded = create(threads)) {
                assertSame(whole, sharded, false);
                var random = new SeededRandom(1);
                var actions = new float[COPIES];
                for (int step = 0; step < 60; step++) {
                    for (int i = 0; i < COPIES; i++) {
                        actions[i] = random.nextInt(2);
                    }
                    if (step == 20) {
                        whole.setRewardWeights(new double[] {2, 3});
                        sharded.setRewardWeights(new double[] {2, 3});
                        whole.setState(4, new double[] {0.5});
                        sharded.setState(4, new double[] {0.5});
                        assertArrayEquals(whole.state(4), sharded.state(4));
                    }
                    if (step == 40) {
                        sharded.restore(sharded.save());
                    }
                    whole.step(actions);
                    sharded.step(actions);
                    assertSame(whole, sharded, true);
                }
            }
        }
    }

    @Test
    void whatAShardThrowsReachesTheCaller() {
        try (Environment sharded = create(3)) {
            assertThrows(ArrayIndexOutOfBoundsException.class, () -> sharded.setState(6, new double[0]));
            assertThrows(IllegalArgumentException.class, () -> sharded.step(new float[] {0, 0, 0, 0, 0, 0, 7}));
            sharded.step(new float[COPIES]); // goes on after both
        }
    }

    @Test
    void aStateOfOtherShardsIsRefused() {
        try (Environment two = create(2);
                Environment three = create(3)) {
            assertEquals("state has 7 copies in 2 shards, expected 7 in 3",
                    assertThrows(UsageException.class, () -> three.restore(two.save())).getMessage());
        }
    }

    @Test
    void nothingWorksAfterClose() {
        Environment sharded = create(2);
        sharded.close();
        sharded.close();
        assertThrows(IllegalStateException.class, () -> sharded.step(new float[COPIES]));
    }
}
