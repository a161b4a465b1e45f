package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.reward.RewardFactory;
import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.fixture.Altered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A run of the fixtures whose plug-ins are swapped, and the plug-ins it has to choose from.
final class SwappableRun {

    /// The distance from the centre, as walk's own term of this name.
    static final RewardFactory CENTRE = (environment, options) -> (transitions, values) -> {
        for (int i = 0; i < transitions.rows(); i++) {
            values[i] = Math.abs(transitions.nextObservations()[2 * i]);
        }
    };

    private final Path directory;
    private final Path untouched;
    private final InstalledPlugins plugins = Fixtures.plugins();
    private final LocalExperiments experiments = new LocalExperiments(new ServiceCatalog(plugins));
    private final Map<Integer, String> names = new ConcurrentHashMap<>();
    private int bundles;

    /// @param folder where the run and the one it is compared with have their directories
    SwappableRun(Path folder) {
        directory = folder.resolve("run");
        untouched = folder.resolve("untouched");
    }

    /// Of the run.
    Path directory() {
        return directory;
    }

    /// For a run that nobody touches, to compare with.
    Path untouched() {
        return untouched;
    }

    InstalledPlugins plugins() {
        return plugins;
    }

    LocalExperiments experiments() {
        return experiments;
    }

    /// An experiment that goes on until it is stopped.
    Experiment start(String... settings) {
        return experiments.start(Fixtures.spec(directory, Long.MAX_VALUE, settings), ExperimentListener.NONE);
    }

    /// An experiment beside it, in a directory of its own.
    Experiment startAnother(String name, String... settings) {
        return experiments.start(Fixtures.spec(directory.resolveSibling(name), Long.MAX_VALUE, settings),
                ExperimentListener.NONE);
    }

    Experiment resume() {
        return experiments.resume(directory, 0, ExperimentListener.NONE);
    }

    static void awaitPause(Experiment experiment) {
        while (experiment.status().phase() != Phase.PAUSED) {
            assertTrue(experiment.status().phase() != Phase.FAILED);
            LockSupport.parkNanos(1_000_000);
        }
    }

    static void awaitSteps(Experiment experiment, long more) {
        long step = experiment.status().step();
        while (experiment.status().step() < step + more) {
            assertTrue(experiment.status().phase() != Phase.FAILED);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Adds a plug-in, or another version of one, that no experiment has been told of.
    ///
    /// @return its bundle
    int install(PluginKind kind, String name, Object factory) {
        bundles++;
        names.put(bundles, "dev.limber.fixture." + name);
        if (kind == PluginKind.REWARDS) {
            Fixtures.deployReward(plugins, bundles, name, (RewardFactory) factory);
        } else {
            Fixtures.deploy(plugins, bundles, kind, name, factory);
        }
        return bundles;
    }

    /// Lets a bundle that is installed take over.
    Verdict takeOver(int bundle) throws InterruptedException {
        return experiments.takeOver(arrival(bundle));
    }

    /// Installs and takes over.
    Verdict deploy(PluginKind kind, String name, Object factory) throws InterruptedException {
        return takeOver(install(kind, name, factory));
    }

    /// Takes a bundle out of the experiments that use it.
    void release(int bundle) throws InterruptedException {
        experiments.release(arrival(bundle));
    }

    /// Takes the bundle of a plug-in out of the experiments that use it.
    void release(PluginKind kind, String name) throws InterruptedException {
        var plugin = plugins.find(kind, Object.class, name);
        experiments.release(new Arrival(plugin.bundle(), plugin.info().bundle(), plugin.info().version(), ""));
    }

    private Arrival arrival(int bundle) {
        return new Arrival(bundle, names.get(bundle), "1.0." + bundle, "ab12");
    }

    /// The lines of the journal that tell of an event.
    List<String> journal(String event) throws Exception {
        return Files.readAllLines(directory.resolve("journal.jsonl")).stream()
                .filter(line -> line.contains("\"event\":\"" + event + "\"")).toList();
    }

    /// Ends the experiment, and requires it to be where one is that nobody touched, after as many steps.
    void assertAsUntouched(Experiment experiment, String... settings) throws Exception {
        awaitSteps(experiment, 2000);
        experiment.stop();
        long steps = experiment.await().steps();
        var stop = new CompletableFuture<Experiment>();
        var others = Fixtures.plugins();
        Fixtures.deployReward(others, 1, "centre", CENTRE);
        Fixtures.deploy(others, 1, PluginKind.ALGORITHMS, "nudge", Altered.iterating(context -> {
            if (context.progress().steps() >= steps) {
                stop.join().stop();
            }
        }));
        Experiment other = new LocalExperiments(new ServiceCatalog(others))
                .start(Fixtures.spec(untouched, Long.MAX_VALUE, settings), ExperimentListener.NONE);
        stop.complete(other);
        assertEquals(steps, other.await().steps());
        ExperimentTest.assertSameTensors(untouched, directory);
        assertEquals(ExperimentTest.rows(untouched), ExperimentTest.rows(directory));
    }
}
