package dev.limber.experiment;

import static dev.limber.experiment.SwappableRun.awaitSteps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.PolicyContext;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.Options;
import dev.limber.api.policy.Policy;
import dev.limber.api.state.State;
import dev.limber.experiment.fixture.Altered;
import dev.limber.experiment.fixture.Nudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts whose building goes wrong halfway, with what they share with those that run.
@Timeout(300)
class UnfinishedPartsTest {

    private final SwappableRun run;

    UnfinishedPartsTest(@TempDir Path folder) {
        run = new SwappableRun(folder);
    }

    /// Nudge that meddles with the experiment's environment and then cannot be built.
    private record Meddling(Consumer<Environment> meddle) implements AlgorithmFactory {

        @Override
        public void check(EnvironmentSpec environment, Options options) {
            new Nudge().check(environment, options);
        }

        @Override
        public Policy policy(PolicyContext context, State state) {
            return new Nudge().policy(context, state);
        }

        @Override
        public Tuning tuning(EnvironmentSpec environment) {
            return new Nudge().tuning(environment);
        }

        @Override
        public Algorithm create(AlgorithmContext context) {
            if (Stage.EXPERIMENT.here()) {
                meddle.accept(context.environment());
                throw new IllegalStateException("not today");
            }
            return new Nudge().create(context);
        }
    }

    private void refusedWithoutATrace(String reason, AlgorithmFactory bad) throws Exception {
        Experiment experiment = run.start();
        awaitSteps(experiment, 1000);
        assertEquals(Verdict.refused(reason), run.deploy(PluginKind.ALGORITHMS, "nudge", bad));
        run.assertAsUntouched(experiment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "setState", "step"})
    void whatMovesTheEnvironmentWhileItIsBuiltIsTakenBack(String how) throws Exception {
        refusedWithoutATrace("IllegalStateException: not today", new Meddling(environment -> {
            switch (how) {
                case "reset" -> environment.reset(new long[environment.copies()]);
                case "setState" -> environment.setState(2, new double[] {0.25});
                default -> environment.step(new float[environment.copies()]);
            }
        }));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void undeclared(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void anExceptionThatIsNotDeclaredIsTakenBackToo() throws Exception {
        refusedWithoutATrace("IOException: no ink", new Meddling(environment -> {
            environment.reset(new long[environment.copies()]);
            UnfinishedPartsTest.<RuntimeException> undeclared(new IOException("no ink"));
        }));
    }

    @Test
    void anExceptionThatIsNotDeclaredEndsAProbationToo() throws Exception {
        Experiment experiment = run.start();
        awaitSteps(experiment, 1000);
        Verdict verdict = run.deploy(PluginKind.ALGORITHMS, "nudge", Altered.saving(state -> {
            if (Stage.EXPERIMENT.here()) {
                UnfinishedPartsTest.<RuntimeException> undeclared(new IOException("no ink"));
            }
            return state;
        }));
        assertTrue(verdict.reason().startsWith("IOException: no ink (at step "), verdict.reason());
        run.assertAsUntouched(experiment);
    }

    @Test
    void whatHasNoWayBackIsRefusedAndEndsTheExperiment() throws Exception {
        var stuck = new AtomicBoolean();
        run.install(PluginKind.ALGORITHMS, "nudge", Altered.restoring(state -> {
            if (stuck.get()) {
                throw new IllegalStateException("stuck");
            }
            return state;
        }));
        Experiment experiment = run.start();
        Verdict verdict = run.deploy(PluginKind.ALGORITHMS, "nudge", new Meddling(environment -> stuck.set(true)));
        assertTrue(verdict.reason().matches(
                "IllegalStateException: not today \\(at step \\d+, from where there is no way back: .*stuck\\)"),
                verdict.reason());
        assertTrue(assertThrows(ExperimentFailedException.class, experiment::await).getMessage().contains("stuck"));
        List<String> lines = Files.readAllLines(run.directory().resolve("journal.jsonl"));
        assertEquals(1, run.journal("refused").size());
        assertTrue(lines.getLast().contains("\"event\":\"failed\""), lines.getLast());
    }
}
