package dev.limber.experiment;

import static dev.limber.experiment.SwappableRun.awaitSteps;
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
import dev.limber.api.state.State;
import dev.limber.experiment.environment.DelegatingEnvironment;
import dev.limber.experiment.fixture.Altered;
import dev.limber.experiment.fixture.Nudge;
import dev.limber.experiment.fixture.Walk;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What does not take over: refused before the run notices, or taken back, and the run goes on as if
/// nothing had come.
@Timeout(300)
class RefusedSwapTest {

    private final SwappableRun run;

    RefusedSwapTest(@TempDir Path folder) {
        run = new SwappableRun(folder);
    }

    /// What a refused jar must leave behind: nothing but a line.
    private void refusedWithoutATrace(String reason, PluginKind kind, String name, Object factory) throws Exception {
        Experiment experiment = run.start();
        awaitSteps(experiment, 1000);
        Verdict verdict = run.deploy(kind, name, factory);
        assertFalse(verdict.accepted());
        assertTrue(verdict.reason().startsWith(reason), verdict.reason());
        assertEquals(1, verdict.reason().lines().count());
        run.assertAsUntouched(experiment);
        assertEquals(1, run.journal("refused").size());
        assertEquals(0, run.journal("proved").size());
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeBuiltIsRefused(Stage stage) throws Exception {
        refusedWithoutATrace("NoClassDefFoundError: com/example/Missing", PluginKind.ALGORITHMS, "nudge",
                Altered.building(() -> {
                    if (stage.here()) {
                        throw new NoClassDefFoundError("com/example/Missing");
                    }
                }));
    }

    @Test
    void otherSpacesAreNamed() throws Exception {
        EnvironmentFactory walk = new Walk();
        refusedWithoutATrace("action has 3 choices, the policy was built for 2", PluginKind.ENVIRONMENTS, "walk",
                withOptions(walk, options -> options.with("choices", 3L)));
    }

    private static EnvironmentFactory withOptions(EnvironmentFactory factory, UnaryOperator<Options> change) {
        return (EnvironmentFactory) Proxy.newProxyInstance(EnvironmentFactory.class.getClassLoader(),
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

    @ParameterizedTest
    @EnumSource
    void whatThrowsInItsFirstIterationIsTakenBack(Stage stage) throws Exception {
        refusedWithoutATrace("IllegalStateException: not today", PluginKind.ALGORITHMS, "nudge",
                Altered.iterating(context -> {
                    if (stage.here()) {
                        throw new IllegalStateException("not today");
                    }
                }));
    }

    @Test
    void whatThrowsInItsSecondIterationIsTakenBackToo() throws Exception {
        var iterations = new AtomicInteger();
        refusedWithoutATrace("StackOverflowError", PluginKind.ALGORITHMS, "nudge", Altered.iterating(context -> {
            if (Stage.EXPERIMENT.here() && iterations.incrementAndGet() == 2) {
                throw new StackOverflowError();
            }
        }));
    }

    @ParameterizedTest
    @EnumSource
    void weightsThatAreNotANumberAreTakenBack(Stage stage) throws Exception {
        refusedWithoutATrace("'weights' of the algorithm's state is NaN", PluginKind.ALGORITHMS, "nudge",
                Altered.saving(state -> stage.here() ? Nudge.withWeights(state, 1, Float.NaN, 1) : state));
    }

    @ParameterizedTest
    @EnumSource
    void infiniteWeightsAreTakenBack(Stage stage) throws Exception {
        refusedWithoutATrace("'weights' of the algorithm's state is infinite", PluginKind.ALGORITHMS, "nudge",
                Altered.saving(
                        state -> stage.here() ? Nudge.withWeights(state, 1, Float.NEGATIVE_INFINITY, 1) : state));
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatCannotBeSavedIsTakenBack(Stage stage) throws Exception {
        refusedWithoutATrace("IllegalStateException: cannot save", PluginKind.ALGORITHMS, "nudge",
                Altered.saving(state -> {
                    if (stage.here()) {
                        throw new IllegalStateException("cannot save");
                    }
                    return state;
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
        refusedWithoutATrace("metric 'nudge/size' is " + called, PluginKind.ALGORITHMS, "nudge",
                Altered.iterating(context -> {
                    if (stage.here()) {
                        context.metrics().mean("nudge/size", "").add(loss);
                    }
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
}
