package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.fixture.Driven;
import dev.limber.experiment.fixture.Walk;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.plugin.Options;
import dev.limber.api.experiment.RunPolicy;
import dev.limber.api.environment.Environment;
import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import dev.limber.experiment.checkpoint.Checkpoint;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTest {

    private final LocalExperiments experiments = Fixtures.experiments();

    @TempDir
    private Path temporary;

    private Experiment.Result run(Path run, long steps, String... settings) throws InterruptedException {
        return experiments.start(Fixtures.spec(run, steps, settings), ExperimentListener.NONE).await();
    }

    /// Stops a run after some progress, wherever it is then.
    private void runAndStop(Path run, long steps, String... settings) throws InterruptedException {
        var under = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        var experiment = experiments.start(Fixtures.spec(run, steps, settings), new ExperimentListener() {
            @Override
            public void progress(Experiment.Status status) {
                if (status.step() > 0) {
                    under.countDown();
                    try {
                        asked.await(); // holds the run until it has been asked to stop
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        });
        under.await();
        experiment.stop();
        asked.countDown();
        assertFalse(experiment.await().finished());
        assertEquals(Phase.STOPPED, experiment.status().phase());
    }

    static void assertSameTensors(Path expected, Path actual) throws IOException {
        Map<String, Tensor> others = tensors(actual);
        Map<String, Tensor> tensors = tensors(expected);
        assertEquals(tensors.keySet(), others.keySet());
        assertEquals(List.of(), tensors.keySet().stream().filter(name -> !tensors.get(name).equals(others.get(name)))
                .toList());
    }

    private static Map<String, Tensor> tensors(Path run) throws IOException {
        Checkpoint checkpoint = RunDirectory.checkpoints(run).read("latest", note -> {});
        var tensors = new TreeMap<String, Tensor>();
        collect("", checkpoint.state(), tensors);
        tensors.put("step", Tensor.of(new long[] {checkpoint.step()}));
        return tensors;
    }

    private static void collect(String path, State state, Map<String, Tensor> tensors) {
        state.entries().forEach((name, value) -> {
            if (value instanceof Tensor tensor) {
                tensors.put(path + name, tensor);
            } else if (value instanceof State nested) {
                collect(path + name + "/", nested, tensors);
            }
        });
    }

    /// The rows without the column of wall-clock time.
    static List<String> rows(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(line -> line.replaceFirst("^([^,]*),[^,]*,", "$1,")).toList();
    }

    private static List<String> events(Path run) throws IOException {
        return Files.readAllLines(run.resolve("journal.jsonl")).stream()
                .map(line -> line.replaceFirst(".*\"event\":\"(\\w+)\".*", "$1")).toList();
    }

    @Test
    void aRunLeavesEverythingInItsDirectory() throws Exception {
        Path run = temporary.resolve("deep/run");
        Experiment.Result result = run(run, 4000, "lr", "3e-2", "threshold", "12");
        assertTrue(result.finished());
        assertEquals(4000, result.steps());
        assertTrue(result.episodes() > 100);
        assertEquals(List.of("started", "checkpoint"), events(run).subList(0, 2));
        assertEquals(List.of("checkpoint", "finished"), events(run).subList(events(run).size() - 2,
                events(run).size()));
        try (Stream<Path> files = Files.list(run)) {
            assertEquals(1, files.filter(file -> file.getFileName().toString().startsWith("events.out.tfevents."))
                    .count());
        }
        List<String> rows = rows(run);
        assertEquals("step,episode/return,episode/length,episode/return_100,episode/count,reward/alive,reward/centre,"
                + "nudge/size", rows.getFirst());
        assertEquals(9, rows.size());
        String description = Files.readString(run.resolve("run.json"));
        assertTrue(description.replaceAll("\\s", "").contains("\"lr\":{\"value\":0.03,\"source\":\"user\"}"),
                description);
        assertTrue(Files.exists(run.resolve("checkpoints/best.zip")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXACT", "CANONICAL"})
    void aStoppedAndResumedRunIsTheSameAsOneThatDidNotStop(String snapshot) throws Exception {
        Path whole = temporary.resolve("whole");
        Path stopped = temporary.resolve("stopped");
        run(whole, 1_000_000, "snapshot", snapshot, "checkpointSeconds", "0.02");
        runAndStop(stopped, 1_000_000, "snapshot", snapshot);
        Experiment.Result result = experiments.resume(stopped, 0, ExperimentListener.NONE).await();
        assertTrue(result.finished());
        assertSameTensors(whole, stopped);
        assertEquals(rows(whole), rows(stopped));
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        run(temporary.resolve("one"), 4000, "runner.threads", "1");
        run(temporary.resolve("three"), 4000, "runner.threads", "3");
        assertEquals(rows(temporary.resolve("one")), rows(temporary.resolve("three")));
    }

    @Test
    void aShardedRunGoesOnToo() throws Exception {
        run(temporary.resolve("whole"), 50_000, "runner.threads", "2");
        runAndStop(temporary.resolve("stopped"), 50_000, "runner.threads", "2");
        experiments.resume(temporary.resolve("stopped"), 0, ExperimentListener.NONE).await();
        assertSameTensors(temporary.resolve("whole"), temporary.resolve("stopped"));
    }

    @Test
    void aDamagedCheckpointIsSkippedForTheOneBefore() throws Exception {
        Path run = temporary.resolve("run");
        run(run, 320, "checkpointSeconds", "0");
        Path newest = run.resolve("checkpoints/320.zip");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);
        var notes = new ArrayList<String>();
        Experiment resumed = experiments.resume(run, 0, new ExperimentListener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        });
        assertTrue(resumed.await().finished());
        assertTrue(notes.getFirst().startsWith("checkpoint 320 is skipped: "), notes.toString());
    }

    @Test
    void whatCannotBeReadSaysWhichRunAndWhy() throws Exception {
        Path run = temporary.resolve("run");
        run(run, 320);
        assertEquals("run " + run + " has already taken 320 steps, more than 100", assertThrows(UsageException.class,
                () -> experiments.resume(run, 100, ExperimentListener.NONE)).getMessage());
        Path description = run.resolve("run.json");
        String text = Files.readString(description);
        Files.writeString(description, text.replaceFirst("\"format\"\\s*:\\s*1", "\"format\" : 9"));
        assertEquals("run " + run + " has format 9, this Limber reads 1", assertThrows(UsageException.class,
                () -> experiments.resume(run, 0, ExperimentListener.NONE)).getMessage());
    }

    @Test
    void aCheckpointThatDoesNotFitNamesItsRun() throws Exception {
        Path run = temporary.resolve("run");
        run(run, 320);
        RunDirectory.checkpoints(run).write(new Checkpoint(330, Map.of(), new State("of another make", 1)), 3, false);
        String refusal = assertThrows(UsageException.class,
                () -> experiments.resume(run, 1000, ExperimentListener.NONE)).getMessage();
        assertTrue(refusal.startsWith("checkpoint 330 of run " + run + " does not fit: "), refusal);
        String unread = assertThrows(UsageException.class, () -> experiments.evaluate(
                new EvaluationSpec(run, Optional.empty(), "latest", 1, 1))).getMessage();
        assertTrue(unread.startsWith("checkpoint 330 of run " + run + " does not fit: "), unread);
    }

    @Test
    void anIterationLongerThanTheRunIsNoted() throws Exception {
        Path run = temporary.resolve("run");
        assertEquals(400, run(run, 100, "rollout", "100").steps());
        assertTrue(Files.readString(run.resolve("journal.jsonl"))
                .contains("one iteration of nudge is 400 steps; the run took 400 instead of 100"));
    }

    @Test
    void aRunWithoutEpisodesHasNoMeanReturn() throws Exception {
        Path run = temporary.resolve("run");
        run(run, 4, "rollout", "1");
        String last = Files.readAllLines(run.resolve("journal.jsonl")).getLast();
        assertTrue(last.contains("\"meanReturn\":null"), last);
    }

    @Test
    void aRunsPolicyOutsideOfItsEnvironmentActsAsTheEvaluationDoes() throws Exception {
        Path run = temporary.resolve("run");
        run(run, 2000, "normalizer", "scale");
        Evaluation expected = experiments.evaluate(new EvaluationSpec(run, Optional.empty(), "latest", 1, 3));
        double total = 0;
        try (RunPolicy played = experiments.policy(run, "latest", ExperimentListener.NONE);
                Environment environment = new Walk().create(1, Options.defaults())) {
            assertEquals(expected.checkpointStep(), played.step());
            assertTrue(played.manifest().isEmpty());
            environment.reset(new long[] {SeededRandom.childSeed(3, 0)});
            var action = new float[environment.spec().action().size()];
            boolean[] starts = {true};
            while (!environment.terminated()[0] && !environment.truncated()[0]) {
                played.policy().act(environment.observations(), starts, action);
                starts[0] = false;
                environment.step(action);
                total += environment.rewards()[0];
            }
        }
        assertEquals(expected.meanReturn(), total, 1e-6);
    }

    @Test
    void theManifestThatWasTrainedWithIsInTheRunAndCounts() throws Exception {
        Path run = temporary.resolve("run");
        InstalledPlugins plugins = Fixtures.plugins();
        var laboratory = new LocalExperiments(new ServiceCatalog(plugins));
        Fixtures.deploy(plugins, 1, PluginKind.ENVIRONMENTS, "walk", new Driven(1.0 / 7));
        laboratory.start(Fixtures.spec(run, 320), ExperimentListener.NONE).await();
        assertEquals(new Driven(1.0 / 7).manifest(Options.defaults()), manifest(laboratory, run, ""));

        Fixtures.deploy(plugins, 2, PluginKind.ENVIRONMENTS, "walk", new Driven(9));
        assertEquals(new Driven(1.0 / 7).manifest(Options.defaults()),
                manifest(laboratory, run,
                        "keeps to the manifest in its run.json; walk of dev.limber.fixture.walk 1.0.2"));
        laboratory.resume(run, 640, ExperimentListener.NONE).await();
        assertEquals(new Driven(9).manifest(Options.defaults()), manifest(laboratory, run, ""));

        Fixtures.deploy(plugins, 3, PluginKind.ENVIRONMENTS, "walk", new Driven(5));
        Path description = run.resolve("run.json");
        String text = Files.readString(description);
        Files.writeString(description, text.replace("\"manifest\"", "\"of an older version\""));
        assertEquals(new Driven(5).manifest(Options.defaults()), manifest(laboratory, run, ""));
        Files.writeString(description, text.replaceFirst("\"rate\"\\s*:\\s*12.5", "\"rate\" : 0"));
        assertEquals("the manifest of walk has a rate of 0.0 Hz, it must be above 0",
                assertThrows(UsageException.class, () -> manifest(laboratory, run, "")).getMessage());
    }

    /// The manifest of a run's policy.
    ///
    /// @param note what the user is told, or a part of it; nothing where it is empty
    private static Optional<PolicyManifest> manifest(LocalExperiments laboratory, Path run, String note) {
        var notes = new ArrayList<String>();
        try (RunPolicy policy = laboratory.policy(run, "latest", new ExperimentListener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        })) {
            assertEquals(note.isEmpty() ? 0 : 1, notes.size(), notes.toString());
            assertTrue(note.isEmpty() || notes.getFirst().contains(note), notes.toString());
            return policy.manifest();
        }
    }

    @Test
    void aFileInTheWayOfARunIsNamed() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        Path run = file.resolve("run");
        assertEquals("run " + run + " cannot be created: " + file + " is in the way: it is no folder",
                assertThrows(UsageException.class, () -> run(run, 100)).getMessage());
    }

    @Test
    void aFinishedRunGoesOnWithMoreSteps() throws Exception {
        Path run = temporary.resolve("run");
        run(run, 2000);
        var refusal = assertThrows(UsageException.class, () -> experiments.resume(run, 0, ExperimentListener.NONE));
        assertTrue(refusal.getMessage().endsWith("name a larger total to go on"), refusal.getMessage());
        run(temporary.resolve("long"), 4000);
        assertEquals(4000, experiments.resume(run, 4000, ExperimentListener.NONE).await().steps());
        assertSameTensors(temporary.resolve("long"), run);
        assertEquals(rows(temporary.resolve("long")), rows(run));
    }

    @Test
    void anEnvironmentWithoutSnapshotStartsItsEpisodesAnew() throws Exception {
        Path run = temporary.resolve("run");
        runAndStop(run, 1_000_000, "snapshot", "NONE");
        assertTrue(experiments.resume(run, 0, ExperimentListener.NONE).await().finished());
        assertTrue(
                Files.readString(run.resolve("journal.jsonl")).contains("the episodes that were running start anew"));
    }

    @Test
    void wrongUseLeavesNothingBehind() throws Exception {
        Path run = temporary.resolve("parent/run");
        assertThrows(UsageException.class, () -> run(run, 1000, "lrr", "1"));
        assertThrows(UsageException.class, () -> run(run, 1000, "choices", "9"));
        assertThrows(UsageException.class, () -> run(run, 1000, "normalizer", "scales"));
        assertFalse(Files.exists(temporary.resolve("parent")));
        Files.createDirectories(run);
        String message = assertThrows(UsageException.class, () -> run(run, 1000)).getMessage();
        assertEquals("run " + run + " exists already; resume it or name another directory", message);
    }

    @Test
    void aRunBelongsToOneProcessAtATime() throws Exception {
        Path run = temporary.resolve("run");
        Experiment experiment = experiments.start(Fixtures.spec(run, Long.MAX_VALUE), ExperimentListener.NONE);
        String message = assertThrows(UsageException.class,
                () -> experiments.resume(run, 0, ExperimentListener.NONE)).getMessage();
        assertEquals("run " + run + " is running already", message);
        experiment.stop();
        experiment.await();
    }

    @Test
    void aFailureIsToldInOneLineAndLeavesAGoodCheckpoint() throws Exception {
        Path run = temporary.resolve("run");
        Experiment experiment = experiments.start(Fixtures.spec(run, 100_000, "diverge", "900"),
                ExperimentListener.NONE);
        String message = assertThrows(ExperimentFailedException.class, experiment::await).getMessage();
        assertTrue(message.startsWith("nudge in walk failed at step 28768: weight is NaN in iteration 900; try a "
                + "smaller lr (the run can be resumed from step "), message);
        assertEquals(Phase.FAILED, experiment.status().phase());
        assertTrue(Files.readString(run.resolve("journal.jsonl")).contains("at dev.limber.experiment.fixture.Nudge"));
        assertEquals("failed", events(run).getLast());
        assertTrue(RunDirectory.checkpoints(run).newest(note -> {}).isPresent());
    }

    @Test
    void numbersThatAreNotFiniteAreNamedWhereTheyComeFrom() throws Exception {
        Experiment experiment = experiments.start(Fixtures.spec(temporary.resolve("run"), 100_000, "poison", "100"),
                ExperimentListener.NONE);
        String message = assertThrows(ExperimentFailedException.class, experiment::await).getMessage();
        assertTrue(message.contains("reward term 'centre' of copy 0 of walk is NaN after step 400"), message);
    }

    @Test
    void pausingHoldsTheStepsAndProceedingGoesOn() throws Exception {
        var paused = new CountDownLatch(1);
        Experiment experiment = experiments.start(Fixtures.spec(temporary.resolve("run"), Long.MAX_VALUE),
                new ExperimentListener() {
                    @Override
                    public void progress(Experiment.Status status) {
                        if (status.phase() == Phase.PAUSED) {
                            paused.countDown();
                        }
                    }
                });
        experiment.pause();
        paused.await();
        long step = experiment.status().step();
        assertEquals(Phase.PAUSED, experiment.status().phase());
        experiment.proceed();
        while (experiment.status().step() == step) {
            Thread.onSpinWait();
        }
        experiment.pause();
        experiment.stop(); // stops a paused experiment as well
        assertTrue(experiment.await().steps() > step);
    }

    @Test
    void oldCheckpointsGo() throws Exception {
        Path run = temporary.resolve("run");
        run(run, 320, "checkpointSeconds", "0", "keepCheckpoints", "2");
        List<Long> steps = RunDirectory.checkpoints(run).steps();
        assertEquals(2, steps.size());
        assertEquals(320, steps.getLast());
    }

    @Test
    void theSameSeedGivesTheSameRun() throws Exception {
        run(temporary.resolve("a"), 4000);
        run(temporary.resolve("b"), 4000);
        assertSameTensors(temporary.resolve("a"), temporary.resolve("b"));
    }

    /// Every 1000 steps of 20 000 the last 100 episodes are judged, whatever the clock says.
    @Test
    void theBestCheckpointHasTheHighestMeanReturn() throws Exception {
        for (String seconds : new String[] {"10", "0.01"}) {
            Path run = temporary.resolve("run" + seconds);
            run(run, 20_000, "checkpointSeconds", seconds, "logSteps", "1000", "lr", "0.5");
            List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
            int column = List.of(lines.getFirst().split(",")).indexOf("episode/return_100");
            int count = List.of(lines.getFirst().split(",")).indexOf("episode/count");
            double best = Double.NEGATIVE_INFINITY;
            long step = -1;
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                if (Double.parseDouble(cells[count]) >= 100 && Double.parseDouble(cells[column]) > best) {
                    best = Double.parseDouble(cells[column]);
                    step = Long.parseLong(cells[0]);
                }
            }
            assertEquals(step, RunDirectory.checkpoints(run).read("best", note -> {}).step());
        }
    }

    @Test
    void theBestCheckpointIsTheOneThatPlaysBest() throws Exception {
        Path run = temporary.resolve("run");
        run(run, 20_000, "evaluateSteps", "2000", "evaluateEpisodes", "5");
        assertTrue(rows(run).getFirst().contains("evaluation/return"));
        assertEquals(10, events(run).stream().filter("evaluation"::equals).count());
        double best = Files.readAllLines(run.resolve("journal.jsonl")).stream()
                .filter(line -> line.contains("\"event\":\"evaluation\""))
                .mapToDouble(line -> Double.parseDouble(line.replaceFirst(".*\"meanReturn\":([^,}]*).*", "$1"))).max()
                .orElseThrow();
        assertEquals(best,
                RunDirectory.checkpoints(run).read("best", note -> {}).state().state("runner").number("bestScore"));
    }
}
