package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.fixture.Altered;
import dev.limber.experiment.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The environment's threshold and the best score are those of one reward.
@Timeout(300)
class ChangedRewardTest {

    private static final long STEPS = 40_000;

    private static final RewardFactory BONUS = (environment, options) -> (transitions, values) -> Arrays.fill(values,
            1000);

    private final SwappableRun run;

    ChangedRewardTest(@TempDir Path folder) {
        run = new SwappableRun(folder);
    }

    /// A run in which something happens after 20,000 of 40,000 steps.
    private Experiment.Result runWith(ThrowingConsumer<Experiment> halfway, String... settings) throws Exception {
        var started = new CompletableFuture<Experiment>();
        var reached = new CompletableFuture<Void>();
        run.install(PluginKind.ALGORITHMS, "nudge", Altered.iterating(context -> {
            if (context.progress().steps() == STEPS / 2 && Stage.EXPERIMENT.here()) {
                started.join().pause();
                reached.complete(null);
            }
        }));
        Experiment experiment = run.experiments().start(Fixtures.spec(run.directory(), STEPS, settings),
                ExperimentListener.NONE);
        started.complete(experiment);
        reached.join();
        halfway.accept(experiment);
        experiment.proceed();
        return experiment.await();
    }

    private interface ThrowingConsumer<T> {
        void accept(T value) throws Exception;
    }

    private void assertNothingSolved(Experiment.Result result) throws Exception {
        assertTrue(result.meanReturn() > 1000, "mean return " + result.meanReturn());
        assertEquals(-1, result.stepsToThreshold());
        assertEquals(OptionalDouble.empty(), result.threshold());
        assertEquals(List.of(), run.journal("threshold"));
        assertFalse(Files.readString(run.directory().resolve("run.json")).contains("rewardThreshold"));
    }

    @Test
    void anAddedRewardSolvesNothing() throws Exception {
        run.install(PluginKind.REWARDS, "bonus", BONUS);
        assertNothingSolved(runWith(experiment -> {}, "rewards", "bonus"));
    }

    @Test
    void aWeightThatIsSetSolvesNothing() throws Exception {
        assertNothingSolved(runWith(experiment -> {}, "reward.alive", "1000"));
    }

    @Test
    void aWeightThatIsSetWhileItRunsSolvesNothing() throws Exception {
        assertNothingSolved(runWith(experiment -> experiment.weighReward("alive", 1000)));
    }

    @Test
    void theEnvironmentsOwnRewardSolvesIt() throws Exception {
        Experiment.Result result = runWith(experiment -> {}, "threshold", "5", "reward.centre", "-0.5");
        assertEquals(OptionalDouble.of(5), result.threshold());
        assertTrue(result.stepsToThreshold() > 0);
        assertEquals(1, run.journal("threshold").size());
        assertTrue(Files.readString(run.directory().resolve("run.json")).contains("rewardThreshold"));
    }

    @Test
    void theBestPolicyIsTheBestByTheRewardOfNow() throws Exception {
        runWith(experiment -> experiment.weighReward("alive", 0.01));
        assertTrue(RunDirectory.checkpoints(run.directory()).read("best", note -> {}).step() > STEPS / 2);
    }
}
