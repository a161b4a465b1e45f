package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.Playback;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.watch.Sample;
import dev.limber.api.watch.Watch;
import dev.limber.api.watch.WatchSpec;
import dev.limber.api.watch.Watchable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WatchTest {

    private static final int COPIES = 4;

    private final LocalExperiments experiments = Fixtures.experiments();

    @TempDir
    private Path temporary;

    private Experiment start(Path run, long steps) {
        return experiments.start(Fixtures.spec(run, steps), ExperimentListener.NONE);
    }

    private static void await(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Sample next(Watch watch) {
        var sample = new Sample(watch.subject());
        await(() -> watch.read(sample));
        return sample;
    }

    @Test
    void aWatchedSteppedAndSlowedRunIsTheSameAsOneLeftAlone() throws Exception {
        Path alone = temporary.resolve("alone");
        Path watched = temporary.resolve("watched");
        start(alone, 8000).await();
        Experiment experiment = start(watched, 8000);
        try (Watch watch = experiment.watch(new WatchSpec(new int[] {0, 2}, 1e6, 64))) {
            experiment.advance(5);
            await(() -> experiment.status().phase() == Phase.PAUSED);
            experiment.pace(50);
            experiment.proceed();
            for (int i = 0; i < 10; i++) {
                next(watch);
            }
            experiment.pace(Watchable.UNLIMITED);
            experiment.await();
        }
        ExperimentTest.assertSameTensors(alone, watched);
        assertEquals(ExperimentTest.rows(alone), ExperimentTest.rows(watched));
    }

    @Test
    void singleStepsAreTakenAndSeenOneByOne() throws Exception {
        Experiment experiment = start(temporary.resolve("run"), 1_000_000_000);
        experiment.pause();
        await(() -> experiment.status().phase() == Phase.PAUSED);
        try (Watch watch = experiment.watch(WatchSpec.first(2))) {
            Sample before = next(watch); // what is there, though nothing moves
            assertEquals(experiment.status().step(), before.step());
            for (int i = 1; i <= 20; i++) { // over several iterations of 8 steps
                experiment.advance(1);
                Sample sample = next(watch);
                assertEquals(before.step() + i * COPIES, sample.step());
                assertEquals(sample.states()[1], sample.observations()[2], 1e-6);
                assertEquals(1, sample.rewardTerms()[0]);
                assertEquals(sample.rewards()[1], sample.rewardTerms()[2] - 0.5 * sample.rewardTerms()[3], 1e-6);
                assertTrue(sample.actions()[0] == 0 || sample.actions()[0] == 1);
            }
            await(() -> experiment.status().phase() == Phase.PAUSED);
            assertFalse(watch.read(new Sample(watch.subject())));
            experiment.stop();
            assertFalse(experiment.await().finished());
            assertFalse(watch.live());
        }
    }

    @Test
    void aPauseInSlowMotionHoldsTheNextStepAndLetsGoForACheckpoint() throws Exception {
        Experiment experiment = experiments.start(Fixtures.spec(temporary.resolve("run"), 1_000_000_000, "rollout",
                "10000"), ExperimentListener.NONE);
        experiment.pace(1);
        try (Watch watch = experiment.watch(WatchSpec.first(1))) {
            next(watch);
            experiment.pause();
            await(() -> experiment.status().phase() == Phase.PAUSED);
            long step = experiment.status().step();
            assertTrue(step % 10_000 != 0, "at step " + step); // within an iteration
            experiment.weighReward("centre", -2);
            await(() -> experiment.status().step() > step && experiment.status().phase() == Phase.PAUSED);
            assertEquals(0, experiment.status().step() % 10_000);
        }
        experiment.stop();
        experiment.await();
    }

    @Test
    void whoDoesNotReadLosesSamplesAndHoldsNothingUp() throws Exception {
        Experiment experiment = start(temporary.resolve("run"), 40_000);
        try (Watch watch = experiment.watch(new WatchSpec(new int[] {0}, 1e9, 2))) {
            assertTrue(experiment.await().finished());
            assertTrue(watch.lost() > 100, watch.lost() + " lost");
            long first = next(watch).step();
            assertTrue(next(watch).step() > first);
            assertFalse(watch.read(new Sample(watch.subject())));
        }
    }

    @Test
    void copiesThatThereAreNotAreLeftOut() throws Exception {
        Experiment experiment = start(temporary.resolve("run"), 1_000_000_000);
        try (Watch watch = experiment.watch(new WatchSpec(new int[] {3, 1, 99}, 60, 8))) {
            assertArrayEquals(new int[] {3, 1}, watch.subject().watched());
            assertEquals(COPIES, watch.subject().copies());
            assertTrue(watch.subject().scene().isEmpty());
        }
        assertThrows(UsageException.class, () -> new WatchSpec(new int[0], 60, 8));
        assertThrows(UsageException.class, () -> experiment.pace(0));
        experiment.stop();
        experiment.await();
    }

    @Test
    void aRecordedRunPlaysItsPolicyStepByStep() throws Exception {
        Path run = temporary.resolve("run");
        start(run, 8000).await();
        try (Playback playback = experiments.play(run, 2, ExperimentListener.NONE)) {
            assertEquals(8000, playback.checkpointStep());
            assertEquals(1, playback.pace());
            playback.pause();
            try (Watch watch = playback.watch(WatchSpec.first(2))) {
                long step = next(watch).step();
                var steps = new ArrayList<Long>();
                for (int i = 0; i < 5; i++) {
                    playback.advance(1);
                    steps.add(next(watch).step() - step);
                }
                assertEquals(List.of(2L, 4L, 6L, 8L, 10L), steps);
                assertTrue(playback.paused());
                playback.pace(Watchable.UNLIMITED);
                playback.proceed();
                next(watch);
            }
            assertTrue(playback.problem().isEmpty());
        }
        assertThrows(UsageException.class, () -> experiments.play(temporary.resolve("no"), 1, ExperimentListener.NONE));
    }

    @Test
    void aPlayedRunTakesTheNewWeightsOfTheRunningOne() throws Exception {
        Path run = temporary.resolve("run");
        start(run, 4000).await();
        try (Playback playback = experiments.play(run, 1, ExperimentListener.NONE)) {
            playback.pace(Watchable.UNLIMITED);
            experiments.resume(run, 8000, ExperimentListener.NONE).await();
            await(() -> playback.checkpointStep() == 8000);
        }
    }
}
