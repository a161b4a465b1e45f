package dev.limber.experiment.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.Environment;
import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.RolloutSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;
import dev.limber.experiment.Fixtures;
import dev.limber.experiment.LocalExperiments;
import dev.limber.experiment.fixture.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayTest {

    private final LocalExperiments experiments = Fixtures.experiments();

    @TempDir
    private Path temporary;

    private Path train(String... settings) throws InterruptedException {
        Path run = temporary.resolve("run");
        experiments.start(Fixtures.spec(run, 20_000, settings), ExperimentListener.NONE).await();
        return run;
    }

    private Evaluation evaluate(Path run, String checkpoint, int episodes) {
        return experiments.evaluate(new EvaluationSpec(run, Optional.empty(), checkpoint, episodes, 3));
    }

    @Test
    void evaluationIsSeededAndComplete() throws Exception {
        Path run = train();
        Evaluation evaluation = evaluate(run, "latest", 50);
        assertEquals(evaluation, evaluate(run, "latest", 50));
        assertEquals(50, evaluation.episodes());
        assertEquals(20_000, evaluation.checkpointStep());
        assertTrue(
                evaluation.minReturn() < evaluation.meanReturn() && evaluation.meanReturn() < evaluation.maxReturn());
        assertTrue(evaluation.meanLength() <= 20 && evaluation.stdReturn() > 0);
        assertEquals(0, evaluate(run, "best", 1).stdReturn());
        String message = assertThrows(UsageException.class, () -> evaluate(run, "17", 1)).getMessage();
        assertTrue(message.matches("there is no checkpoint '17' in .*run/checkpoints; there are latest, best, .*20000"),
                message);
    }

    @Test
    void aDamagedCheckpointIsNamedAndPassedOver() throws Exception {
        Path run = train("checkpointSeconds", "0");
        Files.writeString(run.resolve("checkpoints/20000.zip"), "no zip");
        var notes = new ArrayList<String>();
        var listener = new ExperimentListener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        };
        Evaluation evaluation = experiments.evaluate(new EvaluationSpec(run, Optional.empty(), "latest", 1, 3),
                listener);
        assertTrue(evaluation.checkpointStep() < 20_000);
        assertEquals("walk", evaluation.environment());
        experiments.rollout(rollout(Optional.of(run), Optional.empty(), List.of(), 0), listener);
        String note = "checkpoint 20000 is skipped: it is no whole zip";
        assertEquals(List.of(note, note), notes);
    }

    @Test
    void anOutputBelowAFileIsToldPlainly() throws Exception {
        Path file = Files.writeString(temporary.resolve("out"), "");
        assertEquals("the rollout to " + file.resolve("steps.csv") + " failed: " + file
                + " is in the way: it is no folder",
                assertThrows(UsageException.class, () -> experiments
                        .rollout(rollout(Optional.empty(), Optional.empty(), List.of(), 1))).getMessage());
    }

    /// Copies that always push right end early; 40 episodes on 32 copies must count two of the first eight copies and one
    /// of the others, whatever their lengths.
    @Test
    void shortEpisodesDoNotCountMoreOften() {
        try (Environment environment = new Walk().create(32, Options.defaults());
                Environment again = new Walk().create(32, Options.defaults())) {
            Evaluation evaluation = EpisodePlayer.play(environment, Optional.empty(), (seen, starts, actions) -> {
                Arrays.fill(actions, 1);
            }, 40, 9, 0);
            var seeds = new long[32];
            for (int i = 0; i < 32; i++) {
                seeds[i] = SeededRandom.childSeed(9, i);
            }
            again.reset(seeds);
            var actions = new float[32];
            Arrays.fill(actions, 1);
            var count = new int[32];
            var length = new int[32];
            double total = 0;
            for (int step = 0; step < 100; step++) {
                again.step(actions);
                for (int i = 0; i < 32; i++) {
                    length[i]++;
                    if (again.terminated()[i] || again.truncated()[i]) {
                        if (count[i]++ < (i < 8 ? 2 : 1)) {
                            total += length[i];
                        }
                        length[i] = 0;
                    }
                }
            }
            assertEquals(total / 40, evaluation.meanLength(), 1e-12);
        }
    }

    @Test
    void aPolicyIsRefusedByAnEnvironmentThatDoesNotFit() throws Exception {
        Path run = train("choices", "3");
        String message = assertThrows(UsageException.class, () -> experiments
                .evaluate(new EvaluationSpec(run, Optional.of("walk-wide"), "latest", 1, 1))).getMessage();
        assertEquals(
                "a policy trained in walk (observation Box(2), action Discrete(3)) cannot act in walk (observation "
                        + "Box(2), action Discrete(2))",
                message);
    }

    private RolloutSpec rollout(Optional<Path> policy, Optional<Path> actions, List<Double> state, long steps) {
        return new RolloutSpec("walk", Map.of(), policy, actions, state, 5, steps, temporary.resolve("out/steps.csv"));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(temporary.resolve("out/steps.csv"));
    }

    @Test
    void rowsHoldWhatTheEnvironmentGaveBitForBit() throws IOException {
        Path actions = temporary.resolve("actions.csv");
        var text = new StringBuilder("# recorded elsewhere\ncomment,action\n");
        for (int i = 0; i < 30; i++) {
            text.append("x,").append(i % 3 == 0 ? 0 : 1).append('\n');
        }
        Files.writeString(actions, text);
        assertEquals(30, experiments.rollout(rollout(Optional.empty(), Optional.of(actions), List.of(0.25), 0)));
        assertEquals("step,action,observation0,observation1,reward,terminated,truncated", lines().getFirst());
        int ends = 0;
        try (Environment walk = new Walk().create(1, Options.defaults())) {
            walk.reset(new long[] {5});
            walk.setState(0, new double[] {0.25});
            for (int i = 0; i < 30; i++) {
                walk.step(new float[] {i % 3 == 0 ? 0 : 1});
                boolean end = walk.terminated()[0] || walk.truncated()[0];
                ends += end ? 1 : 0;
                float[] seen = (end ? walk.finalObservations() : walk.observations()).values();
                assertEquals(i + "," + (i % 3 == 0 ? 0 : 1) + "," + seen[0] + "," + seen[1] + ","
                        + walk.rewards()[0] + "," + (walk.terminated()[0] ? 1 : 0) + ","
                        + (walk.truncated()[0] ? 1 : 0),
                        lines().get(i + 1));
            }
        }
        assertTrue(ends > 0);
    }

    @Test
    void withoutStepsOneEpisodeIsPlayed() throws Exception {
        Path run = train();
        long steps = experiments.rollout(rollout(Optional.of(run), Optional.empty(), List.of(), 0));
        assertEquals(steps + 1, lines().size());
        assertFalse(lines().getLast().endsWith(",0,0"));
        assertTrue(lines().get((int) steps - 1).endsWith(",0,0"));
        assertEquals(7, experiments.rollout(rollout(Optional.empty(), Optional.empty(), List.of(), 7)));
    }

    @Test
    void badCellsAreNamedByLineAndColumn() throws IOException {
        Path actions = temporary.resolve("actions.csv");
        Files.writeString(actions, "action\n1\n\n2\n");
        assertEquals(actions + " line 4 column action: '2' must be one of 0 to 1", refused(actions));
        Files.writeString(actions, "step,action\n1,left\n");
        assertEquals(actions + " line 2 column action: 'left' is no number", refused(actions));
        Files.writeString(actions, "step,act\n1,0\n");
        assertEquals(actions + " has no column 'action', which walk needs; it has step, act", refused(actions));
        assertFalse(Files.exists(temporary.resolve("out")));
        assertEquals("the state of walk has 1 numbers (position [m]), not 2", assertThrows(UsageException.class,
                () -> experiments.rollout(rollout(Optional.empty(), Optional.empty(), List.of(1.0, 2.0), 1)))
                        .getMessage());
    }

    private String refused(Path actions) {
        return assertThrows(UsageException.class, () -> experiments
                .rollout(rollout(Optional.empty(), Optional.of(actions), List.of(), 0))).getMessage();
    }
}
