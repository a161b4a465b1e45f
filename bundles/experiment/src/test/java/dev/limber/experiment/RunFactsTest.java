package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.fixture.Nudge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a run says of the bundles that it was made with.
@Timeout(120)
class RunFactsTest {

    private static final RewardFactory NOTHING = (environment, options) -> (transitions, values) -> Arrays.fill(values,
            0);

    private final InstalledPlugins plugins = Fixtures.plugins();
    private final LocalExperiments experiments = new LocalExperiments(new ServiceCatalog(plugins));
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final ExperimentListener listener = new ExperimentListener() {
        @Override
        public void note(String message) {
            notes.add(message);
        }
    };

    @TempDir
    private Path temporary;
    private Path run;

    private Experiment start(long steps, String... settings) {
        run = temporary.resolve("run");
        return experiments.start(Fixtures.spec(run, steps, settings), listener);
    }

    private void resume(long steps) throws InterruptedException {
        experiments.resume(run, steps, listener).await();
    }

    @Test
    void aRewardOfTheSameVersionIsNoNews() throws Exception {
        Fixtures.deployReward(plugins, 1, "centre", NOTHING);
        start(320, "rewards", "centre").await();
        resume(640);
        assertEquals(List.of(), notes);
        Fixtures.deployReward(plugins, 2, "centre", NOTHING);
        resume(960);
        assertEquals(List.of("the run was made with dev.limber.fixture.centre 1.0.1 and goes on with 1.0.2"), notes);
    }

    @Test
    void whatTakesOverAgainHasTheSumThatItWasDeployedWith() throws Exception {
        Experiment experiment = start(Long.MAX_VALUE);
        for (int bundle = 1; bundle <= 2; bundle++) {
            Fixtures.deploy(plugins, bundle, PluginKind.ALGORITHMS, "nudge", new Nudge());
            assertEquals(Verdict.ACCEPTED, experiments.takeOver(arrival(bundle)));
        }
        experiments.release(arrival(2));
        experiment.stop();
        experiment.await();
        List<String> sums = Files.readAllLines(run.resolve("journal.jsonl")).stream()
                .filter(line -> line.contains("\"event\":\"swapped\""))
                .map(line -> line.replaceFirst(".*\"sha256\":\"([^\"]*)\".*", "$1")).toList();
        assertEquals(List.of("sum 1", "sum 2", "sum 1"), sums);
        assertTrue(notes.getLast().contains("1.0.1"), notes.toString());
    }

    private static Arrival arrival(int bundle) {
        return new Arrival(bundle, "dev.limber.fixture.nudge", "1.0." + bundle, "sum " + bundle);
    }
}
