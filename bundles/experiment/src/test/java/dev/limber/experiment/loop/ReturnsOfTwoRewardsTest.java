package dev.limber.experiment.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.plugin.Options;
import dev.limber.api.state.State;
import dev.limber.experiment.environment.DelegatingEnvironment;
import dev.limber.experiment.fixture.Walk;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Returns of a reward are not compared with those of another.
class ReturnsOfTwoRewardsTest {

    private static final int STEPS_OF_AN_EPISODE = 5;

    /// One copy whose episodes are of five steps, with a reward that can be set.
    private static final class Paid extends DelegatingEnvironment {

        private float pay;

        Paid() {
            super(new Walk().create(1, Options.of(Map.of("maxSteps", (long) STEPS_OF_AN_EPISODE, "threshold", 1e9))));
            reset(new long[1]);
        }

        @Override
        public float[] rewards() {
            return new float[] {pay};
        }
    }

    private final Paid environment = new Paid();
    private final EpisodeStatistics statistics = new EpisodeStatistics(environment.spec(), 1, new MetricBook());

    private void play(int steps) {
        for (int step = 0; step < steps; step++) {
            environment.step(new float[] {step % 2});
            statistics.step(environment);
        }
    }

    private static EpisodeStatistics restored(State state, Environment environment) {
        var other = new EpisodeStatistics(environment.spec(), 1, new MetricBook());
        other.restore(state);
        return other;
    }

    @Test
    void aHundredWholeEpisodesByTheNewRewardCount() {
        environment.pay = 1000;
        play(102 * STEPS_OF_AN_EPISODE + 2);
        assertTrue(statistics.comparable());
        environment.pay = 1;
        statistics.rewardChanged(OptionalDouble.of(STEPS_OF_AN_EPISODE));
        assertFalse(restored(statistics.save(), environment).comparable());
        play(3); // the episode that both have a share in
        play(100 * STEPS_OF_AN_EPISODE - 1);
        assertFalse(statistics.comparable());
        assertEquals(-1, statistics.stepsToThreshold());
        play(1);
        assertTrue(statistics.comparable());
        assertEquals(STEPS_OF_AN_EPISODE, statistics.meanReturn());
        assertEquals(statistics.steps(), statistics.stepsToThreshold());
    }

    @Test
    void anEpisodeIsStillOfTwoRewardsAfterItWasSaved() {
        play(2);
        statistics.rewardChanged(OptionalDouble.empty());
        EpisodeStatistics saved = restored(statistics.save(), environment);
        for (EpisodeStatistics each : new EpisodeStatistics[] {statistics, saved}) {
            State before = environment.save();
            for (int step = 0; step < 3 + 99 * STEPS_OF_AN_EPISODE; step++) {
                environment.step(new float[] {step % 2});
                each.step(environment);
            }
            assertEquals(100, each.episodes());
            assertFalse(each.comparable());
            environment.restore(before);
        }
    }
}
