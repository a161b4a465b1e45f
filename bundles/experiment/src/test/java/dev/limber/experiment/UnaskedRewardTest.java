package dev.limber.experiment;

import static dev.limber.experiment.SwappableRun.awaitSteps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.loop.RunningExperiment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rewards that have taken the place of a term of the environment when they were deployed, and go again.
@Timeout(300)
class UnaskedRewardTest {

    private final SwappableRun run;

    UnaskedRewardTest(@TempDir Path folder) {
        run = new SwappableRun(folder);
    }

    private static boolean rewarded(Experiment experiment) {
        return !((RunningExperiment) experiment).plan().environment().rewards().isEmpty();
    }

    @Test
    void whenItGoesTheEnvironmentsOwnTermComesBack() throws Exception {
        Experiment experiment = run.start();
        int bundle = run.install(PluginKind.REWARDS, "centre", SwappableRun.CENTRE);
        assertEquals(Verdict.ACCEPTED, run.takeOver(bundle));
        assertTrue(rewarded(experiment));
        run.release(bundle);
        assertFalse(rewarded(experiment));
        String swapped = run.journal("swapped").getLast();
        assertTrue(swapped.contains("\"what\":\"reward centre\"") && swapped.contains("dev.limber.fixture.walk"),
                swapped);
        run.assertAsUntouched(experiment); // the two are equal code
        assertEquals(List.of(), run.journal("withdrawn"));
    }

    @Test
    void whereOneRunRefusesItNoOtherStandsStill() throws Exception {
        RewardFactory poison = (environment, options) -> {
            boolean here = Stage.EXPERIMENT.here() && environment.maxEpisodeSteps() == 30;
            return (transitions, values) -> Arrays.fill(values, here ? Float.NaN : 42);
        };
        Experiment other = run.startAnother("other", "maxSteps", "30");
        other.pause(); // so that it is asked last
        SwappableRun.awaitPause(other);
        Experiment experiment = run.start();
        int bundle = run.install(PluginKind.REWARDS, "centre", poison);
        var verdict = new CompletableFuture<Verdict>();
        Thread.ofPlatform().daemon(true).start(() -> {
            try {
                verdict.complete(run.takeOver(bundle));
            } catch (Throwable thrown) {
                verdict.completeExceptionally(thrown);
            }
        });
        while (run.journal("proved").isEmpty()) {
            awaitSteps(experiment, 100);
        }
        assertTrue(rewarded(experiment));
        other.proceed();
        assertTrue(verdict.get().reason().contains("NaN"), verdict.get().reason());
        run.release(bundle);
        assertFalse(rewarded(experiment));
        assertFalse(rewarded(other));
        awaitSteps(experiment, 1000);
        awaitSteps(other, 1000);
        assertEquals(List.of(), run.journal("withdrawn"));
        for (Experiment each : List.of(experiment, other)) {
            each.stop();
            each.await();
        }
    }

    @Test
    void oneThatWasAskedForIsWaitedFor() throws Exception {
        int bundle = run.install(PluginKind.REWARDS, "centre", SwappableRun.CENTRE);
        Experiment experiment = run.start("rewards", "centre");
        run.release(bundle);
        SwappableRun.awaitPause(experiment);
        assertEquals(1, run.journal("withdrawn").size());
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.REWARDS, "centre", SwappableRun.CENTRE));
        run.assertAsUntouched(experiment, "rewards", "centre");
    }

    @Test
    void aProcessThatGoesOnWithTheRunHasItTooAndKnowsThatNobodyAskedForIt() throws Exception {
        Experiment experiment = run.start();
        int bundle = run.install(PluginKind.REWARDS, "centre", SwappableRun.CENTRE);
        assertEquals(Verdict.ACCEPTED, run.takeOver(bundle));
        experiment.stop();
        experiment.await();
        Experiment resumed = run.resume();
        assertTrue(rewarded(resumed));
        run.release(bundle);
        assertFalse(rewarded(resumed));
        run.assertAsUntouched(resumed);
    }
}
