package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.algorithm.AlgorithmContext;
import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.Options;
import dev.limber.api.reward.RewardFactory;
import dev.limber.api.state.State;
import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.environment.DelegatingEnvironment;
import dev.limber.experiment.fixture.Altered;
import dev.limber.experiment.fixture.Nudge;
import dev.limber.experiment.fixture.Scale;
import dev.limber.experiment.fixture.Walk;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /// What a refused jar must leave behind: nothing but a line.
    private void refusedWithoutATrace(String reason, PluginKind kind, String name, Object factory) throws Exception {
        Path untouched = temporary.resolve("untouched");
        start(untouched, 400_000).await();
        Experiment experiment = start(run, 400_000);
        Verdict verdict = deploy(kind, name, factory);
        assertFalse(verdict.accepted());
        assertTrue(verdict.reason().startsWith(reason), verdict.reason());
        assertEquals(1, verdict.reason().lines().count());
        assertTrue(experiment.await().finished());
        ExperimentTest.assertSameTensors(untouched, run);
        assertEquals(ExperimentTest.rows(untouched), ExperimentTest.rows(run));
        assertTrue(Files.readString(run.resolve("journal.jsonl")).contains("\"event\":\"refused\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXACT", "CANONICAL"})
    void newPartsOfEqualCodeLeaveTheLearningCurveAsItIs(String snapshot) throws Exception {
        Path untouched = temporary.resolve("untouched");
        start(untouched, 400_000, "snapshot", snapshot).await();
        Experiment experiment = start(run, 400_000, "snapshot", snapshot);
        int swaps = 0;
        while (experiment.status().phase() == Phase.RUNNING && swaps < 200) {
            Verdict verdict = switch (swaps % 3) {
                case 0 -> deploy(PluginKind.ALGORITHMS, "nudge", new Nudge());
                case 1 -> deploy(PluginKind.ENVIRONMENTS, "walk", new Walk());
                default -> deploy(PluginKind.NORMALIZERS, "scale", new Scale());
            };
            assertEquals(Verdict.ACCEPTED, verdict);
            swaps++;
        }
        assertEquals(400_000, experiment.await().steps());
        ExperimentTest.assertSameTensors(untouched, run);
        assertEquals(ExperimentTest.rows(untouched), ExperimentTest.rows(run));
        long journalled = Files.readAllLines(run.resolve("journal.jsonl")).stream()
                .filter(line -> line.contains("\"event\":\"swapped\"") && line.contains("\"sha256\":\"ab12\"")).count();
        assertTrue(journalled > 10 && journalled <= swaps, journalled + " of " + swaps);
    }

    @Test
    void whatThrowsInItsFirstIterationIsTakenBack() throws Exception {
        refusedWithoutATrace("IllegalStateException: not today", PluginKind.ALGORITHMS, "nudge",
                new Altered(NOTHING, context -> {
                    throw new IllegalStateException("not today");
                }, UnaryOperator.identity()));
    }

    @Test
    void whatThrowsInItsSecondIterationIsTakenBackToo() throws Exception {
        var iterations = new AtomicInteger();
        refusedWithoutATrace("StackOverflowError", PluginKind.ALGORITHMS, "nudge", new Altered(NOTHING, context -> {
            if (iterations.incrementAndGet() == 2) {
                throw new StackOverflowError();
            }
        }, UnaryOperator.identity()));
    }

    @Test
    void whatCannotBeBuiltIsRefused() throws Exception {
        refusedWithoutATrace("NoClassDefFoundError: com/example/Missing", PluginKind.ALGORITHMS, "nudge",
                new Altered(() -> {
                    throw new NoClassDefFoundError("com/example/Missing");
                }, QUIET, UnaryOperator.identity()));
    }

    @Test
    void weightsThatAreNotANumberAreTakenBack() throws Exception {
        refusedWithoutATrace("'weights' of the algorithm's state is NaN", PluginKind.ALGORITHMS, "nudge",
                new Altered(NOTHING, QUIET, state -> {
                    var poisoned = new State(state.schema(), state.version());
                    state.entries().forEach((name, value) -> {
                        switch (value) {
                            case Long number -> poisoned.put(name, number);
                            case Double number -> poisoned.put(name, number);
                            default -> poisoned.put(name,
                                    name.equals("weights") ? new float[] {1, Float.NaN, 1} : new float[4]);
                        }
                    });
                    return poisoned;
                }));
    }

    @Test
    void aLossThatIsNotANumberIsTakenBack() throws Exception {
        refusedWithoutATrace("metric 'nudge/size' is NaN", PluginKind.ALGORITHMS, "nudge", new Altered(NOTHING,
                context -> context.metrics().mean("nudge/size", "").add(Double.NaN), UnaryOperator.identity()));
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

    @Test
    void anEnvironmentThatGivesNaNIsTakenBack() throws Exception {
        var walk = new Walk();
        refusedWithoutATrace("reward of copy 0 of walk is NaN", PluginKind.ENVIRONMENTS, "walk",
                new EnvironmentFactory() {
                    @Override
                    public EnvironmentSpec spec(Options options) {
                        return walk.spec(options);
                    }

                    @Override
                    public Environment create(int copies, Options options) {
                        var delegate = walk.create(copies, options);
                        return new DelegatingEnvironment(delegate) {
                            @Override
                            public float[] rewards() {
                                return new float[] {Float.NaN, 0, 0, 0};
                            }
                        };
                    }
                });
    }

    @Test
    void aRewardOfEqualCodeInPlaceOfATermChangesNothing() throws Exception {
        Fixtures.deployReward(plugins, 1000, "centre", CENTRE);
        Path untouched = temporary.resolve("untouched");
        start(untouched, 200_000, "rewards", "centre").await();
        Experiment experiment = start(run, 200_000, "rewards", "centre");
        bundles.set(2000);
        for (int i = 0; i < 20; i++) {
            assertEquals(Verdict.ACCEPTED, deploy(PluginKind.REWARDS, "centre", CENTRE));
        }
        experiment.await();
        ExperimentTest.assertSameTensors(untouched, run);
        assertEquals(ExperimentTest.rows(untouched), ExperimentTest.rows(run));
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

    private static void awaitSteps(Experiment experiment, long more) {
        long step = experiment.status().step();
        while (experiment.status().step() < step + more) {
            Thread.onSpinWait();
        }
    }

    @Test
    void withoutItsAlgorithmARunWaitsWithItsStateSafe() throws Exception {
        Path untouched = temporary.resolve("untouched");
        start(untouched, 400_000).await();
        var paused = new CountDownLatch(1);
        Experiment experiment = experiments.start(Fixtures.spec(run, 400_000), new ExperimentListener() {
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
        assertTrue(experiment.await().finished());
        ExperimentTest.assertSameTensors(untouched, run);
        assertEquals(ExperimentTest.rows(untouched), ExperimentTest.rows(run));
        assertTrue(Files.readString(run.resolve("journal.jsonl")).contains("\"event\":\"withdrawn\""));
    }

    @Test
    void aRunThatWaitsCanBeStoppedAndResumed() throws Exception {
        Experiment experiment = start(run, 1_000_000);
        experiments.release(new Arrival(0, "dev.limber.fixture", "1.0.0", ""));
        long step = experiment.status().step();
        experiment.stop();
        assertEquals(step, experiment.await().steps());
        assertTrue(experiments.resume(run, 0, ExperimentListener.NONE).await().finished());
    }
}
