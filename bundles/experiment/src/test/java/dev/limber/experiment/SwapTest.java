package dev.limber.experiment;

import static dev.limber.experiment.SwappableRun.awaitSteps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.Verdict;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.metrics.Recorder;
import dev.limber.api.metrics.RecorderFactory;
import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.reward.Reward;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.fixture.Altered;
import dev.limber.experiment.fixture.Nudge;
import dev.limber.experiment.fixture.Scale;
import dev.limber.experiment.fixture.Walk;
import dev.limber.experiment.loop.RunningExperiment;
import dev.limber.experiment.record.CsvRecorderFactory;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What takes over in a run that goes on.
@Timeout(300)
class SwapTest {

    private final SwappableRun run;

    SwapTest(@TempDir Path folder) {
        run = new SwappableRun(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXACT", "CANONICAL"})
    void newPartsOfEqualCodeLeaveTheLearningCurveAsItIs(String snapshot) throws Exception {
        Experiment experiment = run.start("snapshot", snapshot);
        int swaps = 15;
        for (int i = 0; i < swaps; i++) {
            assertEquals(Verdict.ACCEPTED, switch (i % 3) {
                case 0 -> run.deploy(PluginKind.ALGORITHMS, "nudge", new Nudge());
                case 1 -> run.deploy(PluginKind.ENVIRONMENTS, "walk", new Walk());
                default -> run.deploy(PluginKind.NORMALIZERS, "scale", new Scale());
            });
        }
        run.assertAsUntouched(experiment, "snapshot", snapshot);
        assertEquals(swaps,
                run.journal("swapped").stream().filter(line -> line.contains("\"sha256\":\"ab12\"")).count());
        assertEquals(swaps, run.journal("proved").size());
    }

    @Test
    void aRewardOfEqualCodeInPlaceOfATermChangesNothing() throws Exception {
        run.install(PluginKind.REWARDS, "centre", SwappableRun.CENTRE);
        Experiment experiment = run.start("rewards", "centre");
        for (int i = 0; i < 10; i++) {
            assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.REWARDS, "centre", anotherCentre()));
        }
        run.assertAsUntouched(experiment, "rewards", "centre");
        assertEquals(10, run.journal("proved").size());
    }

    /// Another object each time: the same one would be no swap.
    private static RewardFactory anotherCentre() {
        return new RewardFactory() {

            @Override
            public Reward create(EnvironmentSpec environment, Options options) {
                return SwappableRun.CENTRE.create(environment, options);
            }
        };
    }

    @Test
    void anotherRecorderGoesOnWhereTheOldOneWas() throws Exception {
        Experiment experiment = run.start();
        for (int i = 0; i < 10; i++) {
            awaitSteps(experiment, 500);
            assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.RECORDERS, "csv", new CsvRecorderFactory()));
        }
        Verdict refused = run.deploy(PluginKind.RECORDERS, "csv", (RecorderFactory) (where, step) -> {
            throw new IOException("no ink");
        });
        assertEquals(Verdict.refused("recorder csv failed: no ink"), refused);
        run.assertAsUntouched(experiment);
        assertEquals(10, run.journal("swapped").size());
        assertEquals(1, run.journal("refused").size());
    }

    @Test
    void aNewVersionTakesOverTheStateOfAnOlderOneButNotTheOtherWayRound() throws Exception {
        var second = Altered.converting(state -> Nudge.withVersion(state, 2),
                state -> Nudge.withVersion(state.expect("nudge", 1, 2), 1));
        Experiment experiment = run.start();
        awaitSteps(experiment, 1000);
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge", second));
        assertEquals(Verdict.refused("state is nudge version 2, expected nudge version 1"),
                run.deploy(PluginKind.ALGORITHMS, "nudge", new Nudge()));
        awaitSteps(experiment, 1000);
        experiment.stop();
        long steps = experiment.await().steps();
        assertEquals(1, run.journal("proved").size());
        run.experiments().start(Fixtures.spec(run.untouched(), steps), ExperimentListener.NONE).await();
        assertEquals(ExperimentTest.rows(run.untouched()).subList(0, 3),
                ExperimentTest.rows(run.directory()).subList(0, 3));
    }

    /// What is evaluated while training is the algorithm that runs then, with its weights of then.
    @Test
    void evaluationsPlayThePolicyOfTheNewestWeights() throws Exception {
        Experiment experiment = run.start("runner.evaluateSteps", "1000", "runner.evaluateEpisodes", "2");
        awaitSteps(experiment, 5000);
        double before = evaluated();
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge",
                Altered.restoring(state -> Nudge.withWeights(state, -1e6f, 0, 0))));
        awaitSteps(experiment, 2000);
        experiment.stop();
        experiment.await();
        double after = evaluated();
        assertTrue(after != before);
        assertEquals(run.experiments().evaluate(new EvaluationSpec(run.directory(), Optional.empty(), "latest", 2,
                SeededRandom.childSeed(7, 3)), ExperimentListener.NONE).meanReturn(), after);
    }

    private double evaluated() throws Exception {
        return Double.parseDouble(
                run.journal("evaluation").getLast().replaceAll(".*\"meanReturn\":([-.0-9E]+).*", "$1"));
    }

    @Test
    void aRewardTakesThePlaceOfTheTermOfItsName() throws Exception {
        Experiment experiment = run.start();
        RewardFactory constant = (environment, options) -> (transitions, values) -> Arrays.fill(values, 42);
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.REWARDS, "centre", constant));
        awaitSteps(experiment, 10_000);
        experiment.weighReward("centre", 2);
        awaitSteps(experiment, 10_000);
        experiment.stop();
        experiment.await();
        List<String> rows = ExperimentTest.rows(run.directory());
        int column = List.of(rows.getFirst().split(",")).indexOf("reward/centre");
        assertEquals("84.0", rows.getLast().split(",")[column]);
        assertTrue(rows.stream().anyMatch(row -> row.split(",")[column].equals("-21.0")), "weight -0.5 of 42");
        // A process that goes on with the run finds the reward and the weight in its plan.
        Experiment resumed = run.resume();
        resumed.stop();
        resumed.await();
        assertTrue(Files.readString(run.directory().resolve("run.json")).contains("\"rewards\""));
    }

    @Test
    void aWeightIsKeptInTheDescriptionOfTheRunWhereASwapWritesLate() throws Exception {
        var ahead = new AtomicReference<>(Optional.<Thread> empty());
        RecorderFactory slow = (where, step) -> {
            Recorder csv = new CsvRecorderFactory().open(where, step);
            return (Recorder) Proxy.newProxyInstance(Recorder.class.getClassLoader(), new Class<?>[] {Recorder.class},
                    (proxy, method, arguments) -> {
                        // Stays behind for as long as training does not wait for it.
                        while (ahead.get().filter(thread -> thread.getState() != Thread.State.WAITING).isPresent()) {
                            LockSupport.parkNanos(1_000_000);
                        }
                        return method.invoke(csv, arguments);
                    });
        };
        run.install(PluginKind.RECORDERS, "csv", slow);
        Experiment experiment = run.start("runner.logSteps", "32");
        var iterations = new AtomicInteger();
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ALGORITHMS, "nudge", Altered.iterating(context -> {
            if (Stage.EXPERIMENT.here()) {
                int iteration = iterations.incrementAndGet();
                if (iteration == 1) {
                    ahead.set(Optional.of(Thread.currentThread()));
                    experiment.weighReward("centre", -0.25);
                } else if (iteration == 10) {
                    ahead.set(Optional.empty());
                }
            }
        })));
        awaitSteps(experiment, 1000);
        experiment.stop();
        experiment.await();
        assertEquals(1, run.journal("weighed").size());
        assertTrue(Files.readString(run.directory().resolve("run.json")).contains("-0.25"));
    }

    @Test
    void whatDrawsStaysWhenOthersTakeOver() throws Exception {
        Experiment experiment = run.start();
        assertEquals(Verdict.ACCEPTED, run.deploy(PluginKind.ENVIRONMENTS, "walk", new Walk()));
        assertSame(run.plugins().studio(), ((RunningExperiment) experiment).plan().environment().studio());
        experiment.stop();
        experiment.await();
    }

    @Test
    void whatTakesOverFromABundleThatGoesIsNamed() throws Exception {
        Experiment experiment = run.start();
        int bundle = run.install(PluginKind.ALGORITHMS, "nudge", new Nudge());
        assertEquals(Verdict.ACCEPTED, run.takeOver(bundle));
        run.release(bundle);
        run.assertAsUntouched(experiment);
        String last = run.journal("swapped").getLast();
        assertTrue(last.contains("\"bundle\":\"dev.limber.fixture.nudge\"") && last.contains("\"version\":\"1.0.0\""),
                last);
    }

    @Test
    void whatArrivesWhileARunStartsTakesOver() throws Exception {
        var building = new CountDownLatch(1);
        var built = new CountDownLatch(1);
        run.install(PluginKind.ALGORITHMS, "nudge", Altered.building(() -> {
            building.countDown();
            try {
                built.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        CompletableFuture<Experiment> started = CompletableFuture.supplyAsync(run::start);
        building.await();
        var verdict = new CompletableFuture<Verdict>();
        Thread deploying = Thread.ofPlatform().start(() -> {
            try {
                verdict.complete(run.deploy(PluginKind.ALGORITHMS, "nudge", new Nudge()));
            } catch (InterruptedException e) {
                verdict.completeExceptionally(e);
            }
        });
        while (deploying.getState() != Thread.State.WAITING && !verdict.isDone()) {
            LockSupport.parkNanos(1_000_000);
        }
        built.countDown();
        Experiment experiment = started.get();
        assertEquals(Verdict.ACCEPTED, verdict.get());
        assertEquals(1, run.journal("proved").size());
        experiment.stop();
        experiment.await();
    }
}
