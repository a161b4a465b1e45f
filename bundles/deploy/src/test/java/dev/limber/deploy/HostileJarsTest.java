package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(400)
class HostileJarsTest {

    /// Has the algorithm rest in each iteration.
    static final String SLOW = "drift.slow";

    @TempDir
    private Path home;
    private LiveLaboratory laboratory;
    private Path run;

    @BeforeEach
    void start() throws Exception {
        System.setProperty(SLOW, "true"); // so that the run without hostile jars soon has as many steps
        laboratory = LiveLaboratory.start(home, Map.of());
        run = home.resolve("run");
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
    }

    @AfterEach
    void end() throws Exception {
        laboratory.close();
        System.clearProperty(SLOW);
    }

    private static void awaitSteps(Experiment experiment, long more) {
        long step = experiment.status().step();
        LiveLaboratory.await("steps, but it is " + experiment.status(),
                () -> experiment.status().step() >= step + more);
    }

    /// What could leak, by name.
    private Map<String, Long> resources() throws Exception {
        System.gc();
        var resources = new HashMap<String, Long>();
        var server = ManagementFactory.getPlatformMBeanServer();
        String histogram = (String) server.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram", new Object[] {null}, new String[] {String[].class.getName()});
        resources.put("class loaders", histogram.lines().filter(line -> line.contains("BundleClassLoader"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1])).sum());
        resources.put("threads", Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("limber-")).count());
        resources.put("bundles", (long) laboratory.context().getBundles().length);
        Path data = Path.of("/proc/self/fd");
        if (Files.isDirectory(data)) {
            try (Stream<Path> handles = Files.list(data)) {
                resources.put("file handles", handles.count());
            }
        }
        try (Stream<Path> files = Files.walk(home.resolve("cache"))) {
            resources.put("files", files.filter(file -> file.toString().endsWith(".jar")).count());
        }
        return resources;
    }

    private void assertNothingLeaked(Map<String, Long> before) {
        var now = new HashMap<String, Long>();
        LiveLaboratory.await("the end of what has leaked: " + before + ", now " + now, () -> {
            try {
                now.putAll(resources());
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
            return before.keySet().stream().allMatch(name -> now.get(name) <= before.get(name));
        });
    }

    private Optional<DeployedBundle> outcome(String file) {
        return laboratory.deployments().bundles().stream().filter(each -> each.file().equals(file)
                && each.state() == State.WAITING && !each.reason().startsWith("another version")
                || each.file().equals("quarantine/" + file)).findFirst();
    }

    private void assertSameAsUntouched(Experiment experiment) throws Exception {
        experiment.stop();
        long steps = experiment.await().steps();
        Path untouched = home.resolve("untouched");
        System.clearProperty(SLOW);
        laboratory.train(untouched, steps).await();
        List<String> rows = HotDeploymentTest.rows(run);
        assertTrue(rows.size() > 10, "rows");
        assertEquals(HotDeploymentTest.rows(untouched).subList(0, rows.size()), rows);
    }

    @Test
    void eachOfTwoHundredHostileJarsIsOneLineAndTheExperimentGoesOn() throws Exception {
        Experiment experiment = laboratory.train(run, Long.MAX_VALUE);
        awaitSteps(experiment, 1);
        Map<String, Long> before = resources();
        Map<String, HostileJars.Hostile> jars = HostileJars.all();
        assertTrue(jars.size() >= 200, jars.size() + " jars");
        var files = new HashMap<String, String>();
        for (String name : jars.keySet()) {
            files.put(name, "hostile-" + files.size() + ".jar");
            laboratory.drop(files.get(name), jars.get(name).jar());
        }
        var wrong = new ArrayList<String>();
        for (String name : jars.keySet()) {
            String file = files.get(name);
            LiveLaboratory.await("what is wrong with " + name + "; " + experiment.status() + laboratory.notes,
                    () -> outcome(file).isPresent());
            String line = outcome(file).orElseThrow().reason();
            long told = laboratory.notes.stream().filter(note -> note.contains(file)).count();
            if (!line.contains(jars.get(name).line()) || line.isBlank() || line.lines().count() != 1 || told > 1) {
                wrong.add(name + " (told " + told + "): " + line);
            }
        }
        assertEquals(List.of(), wrong);
        for (String file : files.values()) {
            Files.deleteIfExists(laboratory.folder().resolve(file));
        }
        assertEquals(Phase.RUNNING, experiment.status().phase());
        awaitSteps(experiment, 1000);
        assertTrue(laboratory.active("1.0.0"));
        assertNothingLeaked(before);
        assertSameAsUntouched(experiment);
        laboratory.drop("sound.jar", Plugin.version("3.0.0").jar());
        laboratory.awaitActive("3.0.0");
    }
}
