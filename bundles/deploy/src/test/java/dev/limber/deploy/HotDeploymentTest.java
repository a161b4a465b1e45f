package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

@Timeout(180)
class HotDeploymentTest {

    @TempDir
    private Path home;
    private LiveLaboratory laboratory;
    private Path run;

    @BeforeEach
    void start() throws Exception {
        System.setProperty(HostileJarsTest.SLOW, "true"); // so that an untouched run soon has as many steps
        laboratory = LiveLaboratory.start(home, Map.of());
        run = home.resolve("run");
    }

    @AfterEach
    void end() throws Exception {
        laboratory.close();
        System.clearProperty(HostileJarsTest.SLOW);
    }

    private static void awaitSteps(Experiment experiment, long more) {
        long step = experiment.status().step();
        LiveLaboratory.await("steps, but it is " + experiment.status(),
                () -> experiment.status().step() >= step + more);
    }

    /// The rows without the column of wall-clock time.
    static List<String> rows(Path run) throws Exception {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(line -> line.replaceFirst("^([^,]*),[^,]*,", "$1,")).toList();
    }

    private static void assertCollected(List<WeakReference<ClassLoader>> loaders) {
        LiveLaboratory.await("collection of " + loaders.size() + " class loaders", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.refersTo(null));
        });
    }

    @Test
    void aHundredSwapsLoseNothing() throws Exception {
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        Experiment experiment = laboratory.train(run, Long.MAX_VALUE);
        var old = new ArrayList<WeakReference<ClassLoader>>();
        int swaps = 100;
        for (int i = 1; i <= swaps; i++) {
            old.add(new WeakReference<>(laboratory.loader("1.0." + (i - 1))));
            laboratory.drop("drift.jar", Plugin.version("1.0." + i).jar());
            laboratory.awaitActive("1.0." + i);
        }
        experiment.stop();
        long steps = experiment.await().steps();
        String journal = Files.readString(run.resolve("journal.jsonl"));
        assertEquals(swaps, journal.lines().filter(line -> line.contains("\"event\":\"swapped\"")).count());
        assertEquals(swaps, journal.lines().filter(line -> line.contains("\"event\":\"proved\"")).count());
        assertCollected(old);

        Path untouched = home.resolve("untouched");
        System.clearProperty(HostileJarsTest.SLOW);
        laboratory.train(untouched, steps).await();
        List<String> whole = rows(untouched);
        List<String> swapped = rows(run);
        assertTrue(swapped.size() > 10, "rows");
        assertEquals(whole.subList(0, swapped.size()), swapped);
        assertEquals(0, laboratory.deployments().bundles().stream().filter(each -> each.state() == State.QUARANTINED)
                .count());
    }

    @Test
    void activationWithoutEndIsGivenUp() throws Exception {
        laboratory.close();
        laboratory = LiveLaboratory.start(home.resolve("impatient"), Map.of(HotDeployments.PATIENCE, "2000"));
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        Experiment experiment = laboratory.train(run, Long.MAX_VALUE);
        int before = laboratory.context().getBundles().length;
        laboratory.drop("endless.jar", Plugin.version("2.0.0").with("constructed", """
                while (!Boolean.getBoolean("drift.end")) {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
                """).jar());
        try {
            LiveLaboratory.await("a line", () -> laboratory.notes.stream()
                    .anyMatch(note -> note.contains("its activation has not ended within 2.0 s")));
            awaitSteps(experiment, 10_000);
            laboratory.drop("drift.jar", Plugin.version("3.0.0").jar());
            laboratory.awaitActive("3.0.0");
        } finally {
            System.setProperty("drift.end", "true");
        }
        LiveLaboratory.await("its end", () -> laboratory.context().getBundles().length == before);
        System.clearProperty("drift.end");
        experiment.stop();
        experiment.await();
    }

    @Test
    void whatFailsItsProbationLeavesTheOldJarInItsPlace() throws Exception {
        byte[] sound = Plugin.version("1.0.0").jar();
        laboratory.drop("drift.jar", sound);
        laboratory.awaitActive("1.0.0");
        Experiment experiment = laboratory.train(run, Long.MAX_VALUE);
        laboratory.drop("drift.jar", Plugin.version("1.1.0").with("iterated", "weights[2] = Float.NaN;").jar());
        LiveLaboratory.await("quarantine", () -> Files.exists(laboratory.folder().resolve("quarantine/drift.jar")));
        LiveLaboratory.await("the old jar", () -> Files.exists(laboratory.folder().resolve("drift.jar")));
        assertEquals(java.util.Arrays.hashCode(sound),
                java.util.Arrays.hashCode(Files.readAllBytes(laboratory.folder().resolve("drift.jar"))));
        assertTrue(Files.readString(laboratory.folder().resolve("quarantine/drift.jar.why.txt")).contains("NaN"));
        assertTrue(laboratory.active("1.0.0"));
        assertTrue(laboratory.deployments().why("drift.jar").stream().anyMatch(line -> line.contains("NaN")));
        assertTrue(laboratory.deployments().why("com.example.drift").stream()
                .anyMatch(line -> line.startsWith("com.example.drift 1.1.0") && line.contains("NaN")));
        awaitSteps(experiment, 1000);
        experiment.stop();
        experiment.await();
    }

    @Test
    void aJarThatFailsBecauseTheProcessEndsIsLeftAloneAndNotTold() throws Exception {
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        Experiment experiment = laboratory.train(run, Long.MAX_VALUE); // hears what is told
        Path late = laboratory.folder().resolve("late.jar");
        var ended = new AtomicBoolean();
        // Bundles stop when all listeners have returned, so that the jar is dealt with to the end.
        laboratory.context().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
                LiveLaboratory.await("the end of what was being done",
                        () -> Thread.getAllStackTraces().keySet().stream()
                                .noneMatch(thread -> thread.getName().startsWith("limber-deploy-")));
                ended.set(true);
            }
        });
        laboratory.drop("late.jar", HostileJars.activator("""
                while (context.getBundle(0).getState() != org.osgi.framework.Bundle.STOPPING) {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
                throw new IllegalStateException("nothing works any more");
                """));
        LiveLaboratory.await("its activation", () -> Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("limber-start-com.example.drift")));
        laboratory.close();
        experiment.await();
        assertTrue(ended.get());
        assertTrue(Files.exists(late));
        assertFalse(Files.exists(laboratory.folder().resolve("quarantine")));
        assertEquals(List.of(), laboratory.notes.stream().filter(note -> note.contains("late.jar")).toList());
    }

    @Test
    void anOlderVersionIsTakenWhereAskedForAlone() throws Exception {
        laboratory.drop("drift-2.jar", Plugin.version("2.0.0").jar());
        laboratory.awaitActive("2.0.0");
        Experiment experiment = laboratory.train(run, Long.MAX_VALUE);
        laboratory.drop("drift-1.jar", Plugin.version("1.0.0").jar());
        LiveLaboratory.await("a line", () -> laboratory.notes.stream().anyMatch(note -> note.contains(
                "drift-1.jar is left out: it is older than 2.0.0 in drift-2.jar")));
        assertTrue(laboratory.active("2.0.0"));
        Path older = Files.write(home.resolve("drift-0.jar"), Plugin.version("0.5.0").jar());
        laboratory.deployments().deploy(older, laboratory.folder(), true);
        laboratory.awaitActive("0.5.0");
        LiveLaboratory.await("newer ones put aside",
                () -> Files.exists(laboratory.folder().resolve("undeployed/drift-1.jar")));
        assertTrue(laboratory.active("0.5.0"));
        experiment.stop();
        experiment.await();
    }

    @Test
    void anotherFileOfTheSameNameAndVersionIsLeftOut() throws Exception {
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        Experiment experiment = laboratory.train(run, Long.MAX_VALUE);
        laboratory.drop("copy.jar", Plugin.version("1.0.0").file("more.txt", new byte[1]).jar());
        LiveLaboratory.await("a line", () -> laboratory.notes.stream().anyMatch(note -> note.contains(
                "copy.jar is left out: it has the name and version of drift.jar")));
        experiment.stop();
        experiment.await();
    }

    @Test
    void withoutItsJarARunWaitsWithItsStateAndLetsGoOfItsClasses() throws Exception {
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        var loader = List.of(new WeakReference<>(laboratory.loader("1.0.0")));
        Experiment experiment = laboratory.train(run, Long.MAX_VALUE);
        awaitSteps(experiment, 1000);
        Files.delete(laboratory.folder().resolve("drift.jar"));
        LiveLaboratory.await("pause", () -> experiment.status().phase() == Phase.PAUSED);
        long step = experiment.status().step();
        assertCollected(loader);
        // One that does not fit leaves it waiting.
        laboratory.drop("drift.jar", Plugin.version("1.1.0").with("weights", "5").jar());
        LiveLaboratory.await("a refusal", () -> laboratory.notes.stream().anyMatch(note -> note.contains(
                "is refused: 'weights' of drift has 4 FLOAT32, expected 5")));
        assertEquals(Phase.PAUSED, experiment.status().phase());
        laboratory.drop("drift.jar", Plugin.version("1.2.0").jar());
        LiveLaboratory.await("more steps", () -> experiment.status().step() > step + 1000);
        experiment.stop();
        long steps = experiment.await().steps();
        Path untouched = home.resolve("untouched");
        System.clearProperty(HostileJarsTest.SLOW);
        laboratory.train(untouched, steps).await();
        List<String> swapped = rows(run);
        assertEquals(rows(untouched).subList(0, swapped.size()), swapped);
    }

    @Test
    void aPausedExperimentHoldsUpNobodyElse() throws Exception {
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        Experiment paused = laboratory.train(run, Long.MAX_VALUE);
        Experiment running = laboratory.train(home.resolve("running"), Long.MAX_VALUE);
        paused.pause();
        LiveLaboratory.await("pause", () -> paused.status().phase() == Phase.PAUSED);
        laboratory.drop("drift.jar", Plugin.version("1.1.0").jar());
        LiveLaboratory.await("the running one has it", () -> journal(home.resolve("running")).contains("proved"));
        assertEquals(State.ON_PROBATION, state("com.example.drift", "1.1.0"));
        assertEquals(State.ACTIVE, state("com.example.drift", "1.0.0"));
        // Another bundle is served meanwhile.
        byte[] own = LiveLaboratory.jarOf("dev.limber.physics.classiccontrol.CartPole");
        laboratory.drop("other.jar", Plugin.version("one").jar());
        LiveLaboratory.await("a line", () -> Files.exists(laboratory.folder().resolve("quarantine/other.jar")));
        laboratory.drop("unused.jar", Versions.renamed(own, "com.example.copy"));
        LiveLaboratory.await("a say of the running one", () -> journal(home.resolve("running")).contains(
                "com.example.copy"));
        assertEquals(Phase.PAUSED, paused.status().phase());
        paused.proceed();
        laboratory.awaitActive("1.1.0");
        LiveLaboratory.await("rest", () -> state("com.example.copy", "0.1.0.SNAPSHOT") == State.ACTIVE);
        for (Experiment experiment : List.of(paused, running)) {
            experiment.stop();
            experiment.await();
        }
    }

    static String journal(Path run) {
        try {
            return Files.readString(run.resolve("journal.jsonl"));
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void theEnvironmentIsReplacedToo() throws Exception {
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        Experiment experiment = laboratory.train(run, Long.MAX_VALUE);
        byte[] own = LiveLaboratory.jarOf("dev.limber.physics.classiccontrol.CartPole");
        laboratory.drop("classic.jar", Versions.raised(own, "9.0.0"));
        LiveLaboratory.await("the new one", () -> laboratory.notes.stream().anyMatch(
                note -> note
                        .contains("environment CartPole-v1 of dev.limber.physics.classiccontrol 9.0.0 takes over")));
        LiveLaboratory.await("rest", () -> state("dev.limber.physics.classiccontrol", "9.0.0") == State.ACTIVE);
        Files.delete(laboratory.folder().resolve("classic.jar"));
        LiveLaboratory.await("the one that came with Limber", () -> laboratory.notes.stream()
                .filter(note -> note.contains("environment CartPole-v1 of")).count() == 2);
        awaitSteps(experiment, 1000);
        experiment.stop();
        long steps = experiment.await().steps();
        assertFalse(laboratory.notes.stream().anyMatch(note -> note.contains("removed")), laboratory.notes.toString());
        Path untouched = home.resolve("untouched");
        System.clearProperty(HostileJarsTest.SLOW);
        laboratory.train(untouched, steps).await();
        List<String> swapped = rows(run);
        assertEquals(rows(untouched).subList(0, swapped.size()), swapped);
    }

    private State state(String name, String version) {
        return laboratory.deployments().bundles().stream()
                .filter(each -> each.name().equals(name) && each.version().equals(version)).findFirst()
                .map(DeployedBundle::state).orElse(State.WAITING);
    }
}
