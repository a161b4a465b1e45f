package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.metrics.RecorderFactory;
import dev.limber.experiment.fixture.Altered;
import dev.limber.experiment.fixture.Nudge;
import dev.limber.experiment.fixture.Scale;
import dev.limber.experiment.fixture.Walk;
import dev.limber.experiment.record.CsvRecorderFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A run whose algorithm has gone and whose state the one that is left cannot read.
@Timeout(300)
class WaitingRunTest {

    private final SwappableRun run;
    private Experiment experiment;

    WaitingRunTest(@TempDir Path folder) {
        run = new SwappableRun(folder);
    }

    private static Altered second() {
        return Altered.converting(state -> Nudge.withVersion(state, 2),
                state -> Nudge.withVersion(state.expect("nudge", 1, 2), 1));
    }

    @BeforeEach
    void letItWait() throws Exception {
        experiment = run.start();
        int bundle = run.install(PluginKind.ALGORITHMS, "nudge", second());
        assertEquals(Verdict.ACCEPTED, run.takeOver(bundle));
        run.release(bundle);
        SwappableRun.awaitPause(experiment);
    }

    private void assertGoesOnWithOneThatFits() throws Exception {
        assertEquals(Phase.PAUSED, experiment.status().phase());
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge", second()));
        SwappableRun.awaitSteps(experiment, 1000);
        experiment.stop();
        experiment.await();
    }

    @Test
    void hasNothingAgainstBundlesThatItDoesNotWaitFor() throws Exception {
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.REWARDS, "centre", SwappableRun.CENTRE));
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ENVIRONMENTS, "walk", new Walk()));
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.NORMALIZERS, "scale", new Scale()));
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.RECORDERS, "csv",
                (RecorderFactory) (where, step) -> new CsvRecorderFactory().open(where, step)));
        assertGoesOnWithOneThatFits();
    }

    @Test
    void aWeightThatIsSetMeanwhileCountsWhenItGoesOn() throws Exception {
        experiment.weighReward("alive", 3);
        assertFalse(run.deploy(PluginKind.ALGORITHMS, "nudge", new Nudge()).accepted());
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge", second()));
        SwappableRun.awaitSteps(experiment, 10_000);
        experiment.stop();
        experiment.await();
        List<String> rows = ExperimentTest.rows(run.directory());
        int column = List.of(rows.getFirst().split(",")).indexOf("reward/alive");
        assertEquals("3.0", rows.getLast().split(",")[column]);
        assertEquals(1, run.journal("weighed").size());
        assertTrue(Files.readString(run.directory().resolve("run.json")).contains("\"rewards\""));
    }

    @Test
    void refusesWhatItWaitsForWhereThatDoesNotFit() throws Exception {
        Verdict verdict = run.deploy(PluginKind.ALGORITHMS, "nudge", new Nudge());
        assertFalse(verdict.accepted());
        assertEquals("state is nudge version 2, expected nudge version 1", verdict.reason());
        assertGoesOnWithOneThatFits();
    }
}
