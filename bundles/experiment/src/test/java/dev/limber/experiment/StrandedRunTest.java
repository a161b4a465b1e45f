package dev.limber.experiment;

import static dev.limber.experiment.SwappableRun.awaitSteps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.PluginKind;
import dev.limber.experiment.fixture.Altered;
import dev.limber.experiment.fixture.Nudge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs that wait for a plug-in that has gone, and runs that a swap ends.
@Timeout(300)
class StrandedRunTest {

    private final SwappableRun run;

    StrandedRunTest(@TempDir Path folder) {
        run = new SwappableRun(folder);
    }

    @Test
    void withoutItsAlgorithmARunWaitsWithItsStateSafe() throws Exception {
        var paused = new CountDownLatch(1);
        Experiment experiment = run.experiments().start(Fixtures.spec(run.directory(), Long.MAX_VALUE),
                new ExperimentListener() {
                    @Override
                    public void progress(Experiment.Status status) {
                        if (status.phase() == Phase.PAUSED) {
                            paused.countDown();
                        }
                    }
                });
        run.release(PluginKind.ALGORITHMS, "nudge");
        paused.await();
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge", new Nudge()));
        run.assertAsUntouched(experiment);
        assertEquals(1, run.journal("withdrawn").size());
    }

    @Test
    void aRunThatWaitsCanBeStoppedAndResumed() throws Exception {
        Experiment experiment = run.start();
        run.release(PluginKind.ALGORITHMS, "nudge");
        long step = experiment.status().step();
        experiment.stop();
        assertEquals(step, experiment.await().steps());
        Experiment resumed = Fixtures.experiments().resume(run.directory(), 0, ExperimentListener.NONE);
        awaitSteps(resumed, step + 1000 - resumed.status().step());
        resumed.stop();
        assertTrue(resumed.await().steps() >= step + 1000);
    }

    @Test
    void whatHasNoWayBackIsRefusedAndEndsTheExperiment() throws Exception {
        var stuck = new AtomicBoolean();
        run.install(PluginKind.ALGORITHMS, "nudge",
                Altered.restoring(state -> {
                    if (stuck.get()) {
                        throw new IllegalStateException("stuck");
                    }
                    return state;
                }));
        Experiment experiment = run.start();
        Verdict verdict = run.deploy(PluginKind.ALGORITHMS, "nudge", Altered.iterating(context -> {
            if (Stage.EXPERIMENT.here()) {
                stuck.set(true);
                throw new IllegalStateException("not today");
            }
        }));
        assertTrue(verdict.reason().matches(
                "IllegalStateException: not today \\(at step \\d+, from where there is no way back: .*stuck\\)"),
                verdict.reason());
        assertTrue(assertThrows(ExperimentFailedException.class, experiment::await).getMessage().contains("stuck"));
        List<String> lines = Files.readAllLines(run.directory().resolve("journal.jsonl"));
        assertEquals(1, run.journal("refused").size());
        assertTrue(lines.getLast().contains("\"event\":\"failed\""), lines.getLast());
    }

    @Test
    void whoeverDeploysIsAnsweredWhereTheExperimentFailsToLook() throws Exception {
        var unable = new AtomicBoolean();
        run.install(PluginKind.ALGORITHMS, "nudge",
                Altered.saving(state -> {
                    if (unable.get()) {
                        throw new IllegalStateException("unable");
                    }
                    return state;
                }));
        Experiment experiment = run.start();
        unable.set(true);
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge", new Nudge())); // nothing uses it
        assertTrue(assertThrows(ExperimentFailedException.class, experiment::await).getMessage().contains("unable"));
    }
}
