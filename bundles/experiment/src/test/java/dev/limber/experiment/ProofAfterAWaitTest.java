package dev.limber.experiment;

import static dev.limber.experiment.SwappableRun.awaitSteps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.PluginKind;
import dev.limber.experiment.fixture.Altered;
import dev.limber.experiment.fixture.Nudge;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What comes to a run that waits for a plug-in has to prove itself like what comes to one that runs.
@Timeout(300)
class ProofAfterAWaitTest {

    private final SwappableRun run;

    ProofAfterAWaitTest(@TempDir Path folder) {
        run = new SwappableRun(folder);
    }

    private Experiment startAndWait(String... settings) throws InterruptedException {
        Experiment experiment = run.start(settings);
        awaitSteps(experiment, 1000);
        run.release(PluginKind.ALGORITHMS, "nudge");
        assertEquals(Phase.PAUSED, experiment.status().phase());
        return experiment;
    }

    private void assertWaitsOn(Experiment experiment, String reason, AlgorithmFactory bad) throws Exception {
        long step = experiment.status().step();
        Verdict verdict = run.deploy(PluginKind.ALGORITHMS, "nudge", bad);
        assertFalse(verdict.accepted());
        assertTrue(verdict.reason().startsWith(reason), verdict.reason());
        assertEquals(Phase.PAUSED, experiment.status().phase());
        assertEquals(step, experiment.status().step());
        assertEquals(1, run.journal("refused").size());
    }

    private void refusedAndWaitedOn(String reason, AlgorithmFactory bad) throws Exception {
        Experiment experiment = startAndWait();
        assertWaitsOn(experiment, reason, bad);
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge", new Nudge()));
        run.assertAsUntouched(experiment);
        assertEquals(1, run.journal("proved").size());
    }

    @ParameterizedTest
    @EnumSource
    void whatThrowsInItsFirstIterationIsTakenBack(Stage stage) throws Exception {
        refusedAndWaitedOn("IllegalStateException: not today", Altered.iterating(context -> {
            if (stage.here()) {
                throw new IllegalStateException("not today");
            }
        }));
    }

    @ParameterizedTest
    @EnumSource
    void weightsThatAreNotANumberAreTakenBack(Stage stage) throws Exception {
        refusedAndWaitedOn("'weights' of the algorithm's state is NaN", Altered
                .saving(state -> stage.here() ? Nudge.withWeights(state, 1, Float.NaN, 1) : state));
    }

    @Test
    void whereNothingCanBeRehearsedWhatThrowsIsTakenBackToo() throws Exception {
        Experiment experiment = startAndWait("snapshot", "NONE");
        assertWaitsOn(experiment, "IllegalStateException: not today", Altered.iterating(context -> {
            throw new IllegalStateException("not today");
        }));
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge", new Nudge()));
        awaitSteps(experiment, 1000);
        experiment.stop();
        experiment.await();
    }

    @Test
    void aRunThatIsStoppedOverWhatIsTakenBackKeepsItsState() throws Exception {
        var waiting = new CompletableFuture<Experiment>();
        Experiment experiment = startAndWait();
        waiting.complete(experiment);
        long step = experiment.status().step();
        Verdict verdict = run.deploy(PluginKind.ALGORITHMS, "nudge", new Altered(() -> {}, context -> {
            if (Stage.EXPERIMENT.here()) {
                waiting.join().checkpoint();
                waiting.join().stop();
            }
        }, state -> Stage.EXPERIMENT.here() ? Nudge.withWeights(state, Float.NaN, 0, 0) : state,
                UnaryOperator.identity()));
        assertTrue(verdict.reason().startsWith("'weights' of the algorithm's state is NaN"), verdict.reason());
        assertEquals(step, experiment.await().steps());
        run.assertAsUntouched(Fixtures.experiments().resume(run.directory(), 0, ExperimentListener.NONE));
    }
}
