package dev.limber.experiment;

import static dev.limber.experiment.SwappableRun.awaitSteps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.fixture.Altered;
import dev.limber.experiment.fixture.Nudge;
import dev.limber.experiment.loop.RunningExperiment;
import dev.limber.experiment.plan.Plan;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Bundles that arrive while another one is still being tried.
@Timeout(300)
class SimultaneousSwapsTest {

    private final SwappableRun run;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    SimultaneousSwapsTest(@TempDir Path folder) {
        run = new SwappableRun(folder);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Takes over on another thread.
    private CompletableFuture<Verdict> takingOver(int bundle) {
        var verdict = new CompletableFuture<Verdict>();
        Thread.ofPlatform().daemon(true).start(() -> {
            try {
                verdict.complete(run.takeOver(bundle));
            } catch (Throwable thrown) {
                verdict.completeExceptionally(thrown);
            }
        });
        return verdict;
    }

    private static Plan plan(Experiment experiment) {
        return ((RunningExperiment) experiment).plan();
    }

    @Test
    void ofTwoBundlesThatArriveAtOnceBothTakeOver() throws Exception {
        RewardFactory reward = (environment, options) -> {
            if (Stage.REHEARSAL.here()) {
                reached.countDown();
                await(goOn);
            }
            return SwappableRun.CENTRE.create(environment, options);
        };
        Experiment experiment = run.start();
        CompletableFuture<Verdict> verdict = takingOver(run.install(PluginKind.REWARDS, "centre", reward));
        await(reached); // it is rehearsed with the old algorithm
        var algorithm = new Nudge();
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge", algorithm));
        goOn.countDown();
        assertEquals(Verdict.ACCEPTED, verdict.get());
        assertSame(algorithm, plan(experiment).algorithmFactory());
        assertSame(reward, plan(experiment).environment().rewards().getFirst().factory());
        run.assertAsUntouched(experiment);
    }

    @Test
    void aBundleIsNotRefusedForAnotherThatIsGivenUpMeanwhile() throws Exception {
        var broken = new AtomicBoolean();
        var algorithm = Altered.iterating(context -> {
            if (Stage.EXPERIMENT.here()) {
                reached.countDown();
                await(goOn);
                broken.set(true);
            }
            if (broken.get()) {
                throw new IllegalStateException("not today");
            }
        });
        RewardFactory reward = (environment, options) -> {
            goOn.countDown(); // the first time is on probation of the algorithm
            return SwappableRun.CENTRE.create(environment, options);
        };
        Experiment experiment = run.start();
        int before = run.install(PluginKind.ALGORITHMS, "nudge", algorithm);
        CompletableFuture<Verdict> refused = takingOver(before);
        await(reached);
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.REWARDS, "centre", reward));
        assertEquals("IllegalStateException: not today", refused.get().reason().replaceAll(" \\(.*", ""));
        run.release(before);
        assertSame(reward, plan(experiment).environment().rewards().getFirst().factory());
        run.assertAsUntouched(experiment);
        assertEquals(1, run.journal("refused").size());
    }

    @Test
    void whatFailsWithAPlanThatRunsNoMoreIsTriedAgain() throws Exception {
        var first = new AtomicBoolean(true);
        RewardFactory reward = (environment, options) -> {
            if (Stage.REHEARSAL.here() && first.getAndSet(false)) {
                reached.countDown();
                await(goOn);
                throw new IllegalStateException("not with this algorithm");
            }
            return SwappableRun.CENTRE.create(environment, options);
        };
        Experiment experiment = run.start();
        CompletableFuture<Verdict> verdict = takingOver(run.install(PluginKind.REWARDS, "centre", reward));
        await(reached);
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge", new Nudge()));
        goOn.countDown();
        assertEquals(Verdict.ACCEPTED, verdict.get());
        run.assertAsUntouched(experiment);
        assertEquals(0, run.journal("refused").size());
    }

    @Test
    void aRunThatStartsDuringAProbationGivesUpWhatIsRefusedToo() throws Exception {
        Experiment paused = run.start("maxSteps", "30");
        paused.pause();
        SwappableRun.awaitPause(paused);
        int bundle = run.install(PluginKind.ALGORITHMS, "nudge", Altered.iterating(context -> {
            if (Stage.EXPERIMENT.here() && context.environment().spec().maxEpisodeSteps() == 30) {
                throw new IllegalStateException("not today");
            }
        }));
        CompletableFuture<Verdict> verdict = takingOver(bundle);
        Experiment meanwhile = run.startAnother("meanwhile");
        assertEquals("1.0." + bundle, plan(meanwhile).algorithm().version());
        paused.proceed();
        assertEquals("IllegalStateException: not today", verdict.get().reason().replaceAll(" \\(.*", ""));
        run.release(bundle);
        assertEquals("1.0.0", plan(paused).algorithm().version());
        assertEquals("1.0.0", plan(meanwhile).algorithm().version());
        awaitSteps(meanwhile, 1000);
        Experiment later = run.startAnother("later"); // its services may still be there
        assertEquals("1.0.0", plan(later).algorithm().version());
        for (Experiment each : run.experiments().running()) {
            each.stop();
            each.await();
        }
    }
}
