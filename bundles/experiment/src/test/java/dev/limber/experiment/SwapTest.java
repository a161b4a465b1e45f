package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.metrics.Recorder;
import dev.limber.api.metrics.RecorderFactory;
import dev.limber.api.plugin.Options;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.reward.RewardFactory;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.environment.DelegatingEnvironment;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class SwapTest {

    private static final Runnable NOTHING = () -> {};
    private static final Consumer<AlgorithmContext> QUIET = context -> {};
    /// The distance from the centre, as walk's own term of this name.
    private static final RewardFactory CENTRE = (environment, options) -> (transitions, values) -> {
        for (int i = 0; i < transitions.rows(); i++) {
            values[i] = Math.abs(transitions.nextObservations()[2 * i]);
        }
    };

    private final InstalledPlugins plugins = Fixtures.plugins();
    private final LocalExperiments experiments = new LocalExperiments(new ServiceCatalog(plugins));
    private final AtomicInteger bundles = new AtomicInteger();

    @TempDir
    private Path temporary;
    private Path run;

    @BeforeEach
    void nameTheRun() {
        run = temporary.resolve("run");
    }

    private Verdict deploy(PluginKind kind, String name, Object factory) throws InterruptedException {
        int bundle = bundles.incrementAndGet();
        if (kind == PluginKind.REWARDS) {
            Fixtures.deployReward(plugins, bundle, name, (RewardFactory) factory);
        } else {
            Fixtures.deploy(plugins, bundle, kind, name, factory);
        }
        return experiments.takeOver(arrival(bundle));
    }

    private static Arrival arrival(int bundle) {
        return new Arrival(bundle, "dev.limber.fixture", "1.0." + bundle, "ab12");
    }

    private Experiment start(Path where, long steps, String... settings) {
        return experiments.start(Fixtures.spec(where, steps, settings), ExperimentListener.NONE);
    }

    /// An experiment that goes on until it is stopped.
    private Experiment start(String... settings) {
        return start(run, Long.MAX_VALUE, settings);
    }

    private static void awaitSteps(Experiment experiment, long more) {
        long step = experiment.status().step();
        while (experiment.status().step() < step + more) {
            assertTrue(experiment.status().phase() != Phase.FAILED);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Ends the experiment, and requires it to be where one is that nobody touched, after as many steps.
    private void assertAsUntouched(Experiment experiment, String... settings) throws Exception {
        awaitSteps(experiment, 2000);
        experiment.stop();
        long steps = experiment.await().steps();
        Path untouched = temporary.resolve("untouched");
        var stop = new CompletableFuture<Experiment>();
        var others = Fixtures.plugins();
        Fixtures.deployReward(others, 1, "centre", CENTRE);
        Fixtures.deploy(others, 1, PluginKind.ALGORITHMS, "nudge", new Altered(NOTHING, context -> {
            if (context.progress().steps() >= steps) {
                stop.join().stop();
            }
        }, UnaryOperator.identity()));
        Experiment other = new LocalExperiments(new ServiceCatalog(others))
                .start(Fixtures.spec(untouched, Long.MAX_VALUE, settings), ExperimentListener.NONE);
        stop.complete(other);
        assertEquals(steps, other.await().steps());
        ExperimentTest.assertSameTensors(untouched, run);
        assertEquals(ExperimentTest.rows(untouched), ExperimentTest.rows(run));
    }

    private List<String> journal(String event) throws Exception {
        return Files.readAllLines(run.resolve("journal.jsonl")).stream()
                .filter(line -> line.contains("\"event\":\"" + event + "\"")).toList();
    }

    /// What a refused jar must leave behind: nothing but a line.
    private void refusedWithoutATrace(String reason, PluginKind kind, String name, Object factory) throws Exception {
        Experiment experiment = start();
        awaitSteps(experiment, 1000);
        Verdict verdict = deploy(kind, name, factory);
        assertFalse(verdict.accepted());
        assertTrue(verdict.reason().startsWith(reason), verdict.reason());
        assertEquals(1, verdict.reason().lines().count());
        assertAsUntouched(experiment);
        assertEquals(1, journal("refused").size());
        assertEquals(0, journal("proved").size());
    }

    /// Where something goes wrong: on the copy that is tried first, or only in the experiment itself.
    private enum Stage {
        REHEARSAL, EXPERIMENT;

        boolean here() {
            return Thread.currentThread().getName().equals("limber-rehearsal") == (this == REHEARSAL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXACT", "CANONICAL"})
    void newPartsOfEqualCodeLeaveTheLearningCurveAsItIs(String snapshot) throws Exception {
        Experiment experiment = start("snapshot", snapshot);
        int swaps = 15;
        for (int i = 0; i < swaps; i++) {
            assertEquals(Verdict.ACCEPTED, switch (i % 3) {
                case 0 -> deploy(PluginKind.ALGORITHMS, "nudge", new Nudge());
                case 1 -> deploy(PluginKind.ENVIRONMENTS, "walk", new Walk());
                default -> deploy(PluginKind.NORMALIZERS, "scale", new Scale());
            });
        }
        assertAsUntouched(experiment, "snapshot", snapshot);
        assertEquals(swaps, journal("swapped").stream().filter(line -> line.contains("\"sha256\":\"ab12\"")).count());
        assertEquals(swaps, journal("proved").size());
    }

    @ParameterizedTest
    @EnumSource
    void whatThrowsInItsFirstIterationIsTakenBack(Stage stage) throws Exception {
        refusedWithoutATrace("IllegalStateException: not today", PluginKind.ALGORITHMS, "nudge",
                new Altered(NOTHING, context -> {
                    if (stage.here()) {
                        throw new IllegalStateException("not today");
                    }
                }, UnaryOperator.identity()));
    }

    @Test
    void whatThrowsInItsSecondIterationIsTakenBackToo() throws Exception {
        var iterations = new AtomicInteger();
        refusedWithoutATrace("StackOverflowError", PluginKind.ALGORITHMS, "nudge", new Altered(NOTHING, context -> {
            if (Stage.EXPERIMENT.here() && iterations.incrementAndGet() == 2) {
                throw new StackOverflowError();
            }
        }, UnaryOperator.identity()));
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeBuiltIsRefused(Stage stage) throws Exception {
        refusedWithoutATrace("NoClassDefFoundError: com/example/Missing", PluginKind.ALGORITHMS, "nudge",
                new Altered(() -> {
                    if (stage.here()) {
                        throw new NoClassDefFoundError("com/example/Missing");
                    }
                }, QUIET, UnaryOperator.identity()));
    }

    /// With the weights that are given, or else with zeros for all that is no number.
    private static State withWeights(State state, float... weights) {
        var poisoned = new State(state.schema(), state.version());
        state.entries().forEach((name, value) -> {
            switch (value) {
                case Long number -> poisoned.put(name, number);
                case Double number -> poisoned.put(name, number);
                default -> poisoned.put(name, name.equals("weights") ? weights : new float[4]);
            }
        });
        return poisoned;
    }

    @ParameterizedTest
    @EnumSource
    void weightsThatAreNotANumberAreTakenBack(Stage stage) throws Exception {
        refusedWithoutATrace("'weights' of the algorithm's state is NaN", PluginKind.ALGORITHMS, "nudge",
                new Altered(NOTHING, QUIET,
                        state -> stage.here() ? withWeights(state, 1, Float.NaN, 1) : state));
    }

    @ParameterizedTest
    @EnumSource
    void infiniteWeightsAreTakenBack(Stage stage) throws Exception {
        refusedWithoutATrace("'weights' of the algorithm's state is infinite", PluginKind.ALGORITHMS, "nudge",
                new Altered(NOTHING, QUIET,
                        state -> stage.here() ? withWeights(state, 1, Float.NEGATIVE_INFINITY, 1) : state));
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatCannotBeSavedIsTakenBack(Stage stage) throws Exception {
        refusedWithoutATrace("IllegalStateException: cannot save", PluginKind.ALGORITHMS, "nudge",
                new Altered(NOTHING, QUIET, state -> {
                    if (stage.here()) {
                        throw new IllegalStateException("cannot save");
                    }
                    return state;
                }));
    }

    @Test
    void anEnvironmentThatCannotBeSavedIsTakenBack() throws Exception {
        refusedWithoutATrace("IllegalStateException: cannot save", PluginKind.ENVIRONMENTS, "walk",
                changed(environment -> new DelegatingEnvironment(environment) {
                    @Override
                    public State save() {
                        if (Stage.EXPERIMENT.here()) {
                            throw new IllegalStateException("cannot save");
                        }
                        return super.save();
                    }
                }));
    }

    @ParameterizedTest
    @EnumSource
    void aLossThatIsNotANumberIsTakenBack(Stage stage) throws Exception {
        lossIsTakenBack(stage, Double.NaN, "NaN");
    }

    @ParameterizedTest
    @EnumSource
    void anInfiniteLossIsTakenBack(Stage stage) throws Exception {
        lossIsTakenBack(stage, Double.POSITIVE_INFINITY, "infinite");
    }

    private void lossIsTakenBack(Stage stage, double loss, String called) throws Exception {
        refusedWithoutATrace("metric 'nudge/size' is " + called, PluginKind.ALGORITHMS, "nudge", new Altered(NOTHING,
                context -> {
                    if (stage.here()) {
                        context.metrics().mean("nudge/size", "").add(loss);
                    }
                }, UnaryOperator.identity()));
    }

    private static State withVersion(State state, int version) {
        var other = new State(state.schema(), version);
        state.entries().forEach((name, value) -> {
            switch (value) {
                case Long number -> other.put(name, number);
                case Double number -> other.put(name, number);
                case Tensor tensor -> other.put(name, tensor);
                default -> throw new IllegalArgumentException(name);
            }
        });
        return other;
    }

    @Test
    void aNewVersionTakesOverTheStateOfAnOlderOneButNotTheOtherWayRound() throws Exception {
        var second = new Altered(NOTHING, QUIET, state -> withVersion(state, 2),
                state -> withVersion(state.expect("nudge", 1, 2), 1));
        Experiment experiment = start();
        awaitSteps(experiment, 1000);
        assertEquals(Verdict.ACCEPTED, deploy(PluginKind.ALGORITHMS, "nudge", second));
        assertEquals(Verdict.refused("state is nudge version 2, expected nudge version 1"),
                deploy(PluginKind.ALGORITHMS, "nudge", new Nudge()));
        awaitSteps(experiment, 1000);
        experiment.stop();
        long steps = experiment.await().steps();
        assertEquals(1, journal("proved").size());
        start(temporary.resolve("untouched"), steps).await();
        assertEquals(ExperimentTest.rows(temporary.resolve("untouched")).subList(0, 3),
                ExperimentTest.rows(run).subList(0, 3));
    }

    /// What is evaluated while training is the algorithm that runs then, with its weights of then.
    @Test
    void evaluationsPlayThePolicyOfTheNewestWeights() throws Exception {
        Experiment experiment = start("runner.evaluateSteps", "1000", "runner.evaluateEpisodes", "2");
        awaitSteps(experiment, 5000);
        double before = evaluated();
        assertEquals(Verdict.ACCEPTED, deploy(PluginKind.ALGORITHMS, "nudge",
                new Altered(NOTHING, QUIET, UnaryOperator.identity(), state -> {
                    var leftwards = new State(state.schema(), state.version());
                    state.entries().forEach((name, value) -> {
                        switch (value) {
                            case Long number -> leftwards.put(name, number);
                            case Double number -> leftwards.put(name, number);
                            case Tensor tensor when name.equals("weights") ->
                                    leftwards.put(name, new float[] {-1e6f, 0, 0});
                            case Tensor tensor -> leftwards.put(name, tensor);
                            default -> throw new IllegalArgumentException(name);
                        }
                    });
                    return leftwards;
                })));
        awaitSteps(experiment, 2000);
        experiment.stop();
        experiment.await();
        double after = evaluated();
        assertTrue(after != before);
        assertEquals(experiments.evaluate(new EvaluationSpec(run, Optional.empty(), "latest", 2,
                SeededRandom.childSeed(7, 3)), ExperimentListener.NONE).meanReturn(), after);
    }

    private double evaluated() throws Exception {
        return Double.parseDouble(
                journal("evaluation").getLast().replaceAll(".*\"meanReturn\":([-.0-9E]+).*", "$1"));
    }

    @Test
    void otherSpacesAreNamed() throws Exception {
        EnvironmentFactory walk = new Walk();
        refusedWithoutATrace("action has 3 choices, the policy was built for 2", PluginKind.ENVIRONMENTS, "walk",
                withOptions(walk, options -> options.with("choices", 3L)));
    }

    private static EnvironmentFactory withOptions(EnvironmentFactory factory, UnaryOperator<Options> change) {
        return (EnvironmentFactory) Proxy.newProxyInstance(SwapTest.class.getClassLoader(),
                new Class<?>[] {EnvironmentFactory.class}, (proxy, method, arguments) -> {
                    int last = arguments.length - 1;
                    if (last >= 0 && arguments[last] instanceof Options options) {
                        arguments[last] = change.apply(options);
                    }
                    return switch (method.getName()) {
                        case "equals" -> proxy == arguments[0];
                        default -> method.invoke(factory, arguments);
                    };
                });
    }

    /// Walk with something about its instances changed.
    private static EnvironmentFactory changed(UnaryOperator<Environment> change) {
        var walk = new Walk();
        return new EnvironmentFactory() {
            @Override
            public EnvironmentSpec spec(Options options) {
                return walk.spec(options);
            }

            @Override
            public Environment create(int copies, Options options) {
                return change.apply(walk.create(copies, options));
            }
        };
    }

    @Test
    void anEnvironmentThatGivesNaNIsTakenBack() throws Exception {
        refusedWithoutATrace("reward of copy 0 of walk is NaN", PluginKind.ENVIRONMENTS, "walk",
                changed(environment -> new DelegatingEnvironment(environment) {
                    @Override
                    public float[] rewards() {
                        return new float[] {Float.NaN, 0, 0, 0};
                    }
                }));
    }

    @Test
    void aRewardOfEqualCodeInPlaceOfATermChangesNothing() throws Exception {
        Fixtures.deployReward(plugins, 1000, "centre", CENTRE);
        Experiment experiment = start("rewards", "centre");
        bundles.set(2000);
        for (int i = 0; i < 10; i++) {
            assertEquals(Verdict.ACCEPTED, deploy(PluginKind.REWARDS, "centre", CENTRE));
        }
        assertAsUntouched(experiment, "rewards", "centre");
    }

    @Test
    void anotherRecorderGoesOnWhereTheOldOneWas() throws Exception {
        Experiment experiment = start();
        for (int i = 0; i < 10; i++) {
            awaitSteps(experiment, 500);
            RecorderFactory csv = (where, step) -> new CsvRecorderFactory().open(where, step);
            assertEquals(Verdict.ACCEPTED, deploy(PluginKind.RECORDERS, "csv", csv));
        }
        Verdict refused = deploy(PluginKind.RECORDERS, "csv", (RecorderFactory) (where, step) -> {
            throw new IOException("no ink");
        });
        assertEquals(Verdict.refused("recorder csv failed: no ink"), refused);
        assertAsUntouched(experiment);
        assertEquals(10, journal("swapped").size());
        assertEquals(1, journal("refused").size());
    }

    @Test
    void aRewardTakesThePlaceOfTheTermOfItsName() throws Exception {
        Experiment experiment = start(run, Long.MAX_VALUE);
        RewardFactory constant = (environment, options) -> (transitions, values) -> java.util.Arrays.fill(values, 42);
        assertEquals(Verdict.ACCEPTED, deploy(PluginKind.REWARDS, "centre", constant));
        awaitSteps(experiment, 10_000);
        experiment.weighReward("centre", 2);
        awaitSteps(experiment, 10_000);
        experiment.stop();
        experiment.await();
        List<String> rows = ExperimentTest.rows(run);
        int column = List.of(rows.getFirst().split(",")).indexOf("reward/centre");
        assertEquals("84.0", rows.getLast().split(",")[column]);
        assertTrue(rows.stream().anyMatch(row -> row.split(",")[column].equals("-21.0")), "weight -0.5 of 42");
        // A process that goes on with the run finds the reward and the weight in its plan.
        Experiment resumed = experiments.resume(run, 0, ExperimentListener.NONE);
        resumed.stop();
        resumed.await();
        assertTrue(Files.readString(run.resolve("run.json")).contains("\"rewards\""));
    }

    @Test
    void withoutItsAlgorithmARunWaitsWithItsStateSafe() throws Exception {
        var paused = new CountDownLatch(1);
        Experiment experiment = experiments.start(Fixtures.spec(run, Long.MAX_VALUE), new ExperimentListener() {
            @Override
            public void progress(Experiment.Status status) {
                if (status.phase() == Phase.PAUSED) {
                    paused.countDown();
                }
            }
        });
        var nudge = plugins.find(PluginKind.ALGORITHMS, Object.class, "nudge");
        experiments.release(new Arrival(0, "dev.limber.fixture", "1.0.0", ""));
        paused.await();
        plugins.remove(nudge.id());
        plugins.add(new InstalledPlugins.Installed<>(nudge.info(), new Nudge(), 0, 77, 77));
        assertEquals(Verdict.ACCEPTED, experiments.takeOver(arrival(77)));
        assertAsUntouched(experiment);
        assertEquals(1, journal("withdrawn").size());
    }

    @Test
    void whatTakesOverFromABundleThatGoesIsNamed() throws Exception {
        Experiment experiment = start();
        assertEquals(Verdict.ACCEPTED, deploy(PluginKind.ALGORITHMS, "nudge", new Nudge()));
        experiments.release(arrival(bundles.get()));
        assertAsUntouched(experiment);
        String last = journal("swapped").getLast();
        assertTrue(last.contains("\"bundle\":\"dev.limber.fixture.nudge\"") && last.contains("\"version\":\"1.0.0\""),
                last);
    }

    @Test
    void whatDrawsStaysWhenOthersTakeOver() throws Exception {
        Experiment experiment = start();
        assertEquals(Verdict.ACCEPTED, deploy(PluginKind.ENVIRONMENTS, "walk", new Walk()));
        assertSame(plugins.studio(), ((RunningExperiment) experiment).plan().environment().studio());
        experiment.stop();
        experiment.await();
    }

    @Test
    void aWeightIsKeptInTheDescriptionOfTheRunWhereASwapWritesLate() throws Exception {
        var gate = new AtomicReference<>(new CountDownLatch(0));
        RecorderFactory slow = (where, step) -> {
            Recorder csv = new CsvRecorderFactory().open(where, step);
            return (Recorder) Proxy.newProxyInstance(Recorder.class.getClassLoader(), new Class<?>[] {Recorder.class},
                    (proxy, method, arguments) -> {
                        gate.get().await();
                        return method.invoke(csv, arguments);
                    });
        };
        Fixtures.deploy(plugins, bundles.incrementAndGet(), PluginKind.RECORDERS, "csv", slow);
        Experiment experiment = start("runner.logSteps", "32");
        var iterations = new AtomicInteger();
        assertEquals(Verdict.ACCEPTED, deploy(PluginKind.ALGORITHMS, "nudge", new Altered(NOTHING, context -> {
            if (Stage.EXPERIMENT.here()) {
                int iteration = iterations.incrementAndGet();
                if (iteration == 1) {
                    gate.set(new CountDownLatch(1));
                    experiment.weighReward("centre", -0.25);
                } else if (iteration == 10) {
                    gate.get().countDown();
                }
            }
        }, UnaryOperator.identity())));
        awaitSteps(experiment, 1000);
        experiment.stop();
        experiment.await();
        assertEquals(1, journal("weighed").size());
        assertTrue(Files.readString(run.resolve("run.json")).contains("-0.25"));
    }

    @Test
    void whatHasNoWayBackIsRefusedAndEndsTheExperiment() throws Exception {
        var stuck = new AtomicBoolean();
        Fixtures.deploy(plugins, bundles.incrementAndGet(), PluginKind.ALGORITHMS, "nudge",
                new Altered(NOTHING, QUIET, UnaryOperator.identity(), state -> {
                    if (stuck.get()) {
                        throw new IllegalStateException("stuck");
                    }
                    return state;
                }));
        Experiment experiment = start();
        Verdict verdict = deploy(PluginKind.ALGORITHMS, "nudge", new Altered(NOTHING, context -> {
            if (Stage.EXPERIMENT.here()) {
                stuck.set(true);
                throw new IllegalStateException("not today");
            }
        }, UnaryOperator.identity()));
        assertTrue(verdict.reason().matches(
                "IllegalStateException: not today \\(at step \\d+, from where there is no way back: .*stuck\\)"),
                verdict.reason());
        assertTrue(assertThrows(ExperimentFailedException.class, experiment::await).getMessage().contains("stuck"));
        List<String> lines = Files.readAllLines(run.resolve("journal.jsonl"));
        assertEquals(1, journal("refused").size());
        assertTrue(lines.getLast().contains("\"event\":\"failed\""), lines.getLast());
    }

    @Test
    void whoeverDeploysIsAnsweredWhereTheExperimentFailsToLook() throws Exception {
        var unable = new AtomicBoolean();
        Fixtures.deploy(plugins, bundles.incrementAndGet(), PluginKind.ALGORITHMS, "nudge",
                new Altered(NOTHING, QUIET, state -> {
                    if (unable.get()) {
                        throw new IllegalStateException("unable");
                    }
                    return state;
                }));
        Experiment experiment = start();
        unable.set(true);
        assertEquals(Verdict.ACCEPTED, deploy(PluginKind.ALGORITHMS, "nudge", new Nudge())); // nothing uses it
        assertTrue(assertThrows(ExperimentFailedException.class, experiment::await).getMessage().contains("unable"));
    }

    @Test
    void whatArrivesWhileARunStartsTakesOver() throws Exception {
        var building = new CountDownLatch(1);
        var built = new CountDownLatch(1);
        Fixtures.deploy(plugins, bundles.incrementAndGet(), PluginKind.ALGORITHMS, "nudge", new Altered(() -> {
            building.countDown();
            try {
                built.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, QUIET, UnaryOperator.identity()));
        CompletableFuture<Experiment> started = CompletableFuture.supplyAsync(this::start);
        building.await();
        var verdict = new CompletableFuture<Verdict>();
        Thread deploying = Thread.ofPlatform().start(() -> {
            try {
                verdict.complete(deploy(PluginKind.ALGORITHMS, "nudge", new Nudge()));
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
        assertEquals(1, journal("proved").size());
        experiment.stop();
        experiment.await();
    }

    @Test
    void aRunThatWaitsCanBeStoppedAndResumed() throws Exception {
        Experiment experiment = start();
        experiments.release(new Arrival(0, "dev.limber.fixture", "1.0.0", ""));
        long step = experiment.status().step();
        experiment.stop();
        assertEquals(step, experiment.await().steps());
        Experiment resumed = experiments.resume(run, 0, ExperimentListener.NONE);
        awaitSteps(resumed, step + 1000 - resumed.status().step());
        resumed.stop();
        assertTrue(resumed.await().steps() >= step + 1000);
    }
}
