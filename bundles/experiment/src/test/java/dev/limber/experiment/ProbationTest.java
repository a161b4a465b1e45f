package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.Verdict;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.Options;
import dev.limber.experiment.environment.DelegatingEnvironment;
import dev.limber.experiment.fixture.Walk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is found out while new parts may still be taken back.
@Timeout(300)
class ProbationTest {

    /// An iteration of so many steps ends more than a hundred episodes, and is evaluated.
    private static final String[] LONG_ITERATIONS = {"rollout", "1000", "runner.evaluateSteps", "4000",
        "runner.evaluateEpisodes", "2"};

    private final SwappableRun run;

    ProbationTest(@TempDir Path folder) {
        run = new SwappableRun(folder);
    }

    /// Walk with a return that solves it, until it breaks.
    ///
    /// @param steps until then, in the experiment itself
    private static EnvironmentFactory generous(long steps) {
        var walk = new Walk();
        return new EnvironmentFactory() {
            @Override
            public EnvironmentSpec spec(Options options) {
                return walk.spec(options);
            }

            @Override
            public Environment create(int copies, Options options) {
                return new DelegatingEnvironment(walk.create(copies, options)) {

                    private final float[] rewards = new float[copies];
                    private long left = Stage.EXPERIMENT.here() ? steps : Long.MAX_VALUE;

                    @Override
                    public void step(float[] actions) {
                        if (left-- == 0) {
                            throw new IllegalStateException("broken");
                        }
                        super.step(actions);
                        Arrays.fill(rewards, 1000);
                    }

                    @Override
                    public float[] rewards() {
                        return rewards;
                    }
                };
            }
        };
    }

    private List<String> evaluations(Path where) throws Exception {
        return Files.readAllLines(where.resolve("journal.jsonl")).stream()
                .filter(line -> line.contains("\"event\":\"evaluation\""))
                .map(line -> line.replaceFirst("\"time\":\"[^\"]*\"", "")).toList();
    }

    @Test
    void whatIsTakenBackHasSolvedNothing() throws Exception {
        Experiment experiment = run.start(LONG_ITERATIONS);
        SwappableRun.awaitSteps(experiment, 8000);
        Verdict verdict = run.deploy(PluginKind.ENVIRONMENTS, "walk", generous(2500));
        assertTrue(verdict.reason().startsWith("IllegalStateException: broken"), verdict.reason());
        run.assertAsUntouched(experiment, LONG_ITERATIONS);
        assertEquals(List.of(), run.journal("threshold"));
        assertFalse(evaluations(run.directory()).isEmpty());
        assertEquals(evaluations(run.untouched()), evaluations(run.directory()));
    }

    @Test
    void whatIsFoundOutIsToldBetweenTheChangeAndItsProof() throws Exception {
        Experiment experiment = run.start(LONG_ITERATIONS);
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ENVIRONMENTS, "walk", generous(Long.MAX_VALUE)));
        experiment.stop();
        assertTrue(experiment.await().stepsToThreshold() > 0);
        List<String> events = Files.readAllLines(run.directory().resolve("journal.jsonl")).stream()
                .map(line -> line.replaceFirst(".*\"event\":\"(\\w+)\".*", "$1"))
                .filter(event -> !event.equals("checkpoint")).toList(); // which another thread writes
        assertEquals(List.of("swapped", "evaluation", "threshold", "proved"),
                events.subList(events.indexOf("swapped"), events.indexOf("proved") + 1).stream().distinct().toList());
        assertEquals(1, run.journal("threshold").size());
    }
}
