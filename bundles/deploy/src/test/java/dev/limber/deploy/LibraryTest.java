package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import java.io.ByteArrayInputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/// Bundles whose packages others use come and go.
@Timeout(180)
class LibraryTest {

    private static final String LIBRARY = "com.example.library";
    private static final String PLUGIN = "com.example.drift";

    @TempDir
    private Path home;
    private LiveLaboratory laboratory;

    @BeforeEach
    void start() throws Exception {
        System.setProperty(HostileJarsTest.SLOW, "true");
        laboratory = LiveLaboratory.start(home, Map.of());
    }

    @AfterEach
    void end() throws Exception {
        laboratory.close();
        System.clearProperty(HostileJarsTest.SLOW);
    }

    /// The package has the same version in all of them, as where nobody has thought of it.
    private static byte[] library(String version) {
        return Plugin.jar(manifest(LIBRARY, version, Map.of("Export-Package", LIBRARY)), Plugin.compiled("""
                package com.example.library;

                public class Sums {
                    public static float nothing() {
                        return 0;
                    }
                }
                """));
    }

    private static Map<String, String> manifest(String name, String version, Map<String, String> headers) {
        var manifest = new LinkedHashMap<>(Map.of("Manifest-Version", "1.0"));
        manifest.put("Bundle-ManifestVersion", "2");
        manifest.put("Bundle-SymbolicName", name);
        manifest.put("Bundle-Version", version);
        manifest.putAll(headers);
        return manifest;
    }

    /// It loads the class that it needs when it iterates.
    private static byte[] plugin() {
        return Plugin.version("1.0.0").with("iterated", """
                try {
                    Class.forName("com.example.library.Sums");
                } catch (ClassNotFoundException gone) {
                    throw new IllegalStateException(gone);
                }
                """).header("Import-Package", String.join(",", LIBRARY, "dev.limber.api.algorithm",
                "dev.limber.api.environment", "dev.limber.api.metrics", "dev.limber.api.plugin",
                "dev.limber.api.policy", "dev.limber.api.random", "dev.limber.api.state", "dev.limber.api.space"))
                .jar();
    }

    private Optional<DeployedBundle> shown(String name) {
        return laboratory.deployments().bundles().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private List<Bundle> bundles(String name) {
        var bundles = new ArrayList<Bundle>();
        for (Bundle bundle : laboratory.context().getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                bundles.add(bundle);
            }
        }
        return bundles;
    }

    private static WeakReference<ClassLoader> loader(Bundle bundle) {
        return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    /// The versions of the library that the plug-in is wired to.
    private List<String> wired() {
        return bundles(PLUGIN).stream().filter(each -> each.getState() == Bundle.ACTIVE)
                .flatMap(each -> each.adapt(BundleWiring.class).getRequiredWires("osgi.wiring.package").stream())
                .map(wire -> wire.getProvider().getBundle()).filter(each -> each.getSymbolicName().equals(LIBRARY))
                .map(each -> each.getVersion().toString()).toList();
    }

    private static void awaitSteps(Experiment experiment, long more) {
        long step = experiment.status().step();
        LiveLaboratory.await("steps, but it is " + experiment.status(),
                () -> experiment.status().step() >= step + more);
    }

    private static void assertCollected(List<WeakReference<ClassLoader>> loaders) {
        LiveLaboratory.await("collection of class loaders", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.refersTo(null));
        });
    }

    @Test
    void whoStandsOnALibraryFollowsIt() throws Exception {
        laboratory.drop("drift.jar", plugin());
        LiveLaboratory.await("that it waits", () -> shown(PLUGIN)
                .filter(each -> each.reason().equals("no bundle has the package " + LIBRARY)).isPresent());
        laboratory.drop("library.jar", library("1.0.0"));
        laboratory.awaitActive("1.0.0");
        int count = laboratory.context().getBundles().length;
        Path run = home.resolve("run");
        Experiment experiment = laboratory.train(run, Long.MAX_VALUE);
        awaitSteps(experiment, 1000);

        var before = List.of(loader(bundles(PLUGIN).getFirst()), loader(bundles(LIBRARY).getFirst()));
        laboratory.drop("library.jar", library("1.1.0"));
        LiveLaboratory.await("the new library; " + laboratory.notes, () -> wired().equals(List.of("1.1.0")));
        assertCollected(before);
        assertEquals(count, laboratory.context().getBundles().length);
        awaitSteps(experiment, 1000);
        assertFalse(Files.readString(run.resolve("journal.jsonl")).contains("\"event\":\"withdrawn\""));

        before = List.of(loader(bundles(PLUGIN).getFirst()), loader(bundles(LIBRARY).getFirst()));
        Files.delete(laboratory.folder().resolve("library.jar"));
        LiveLaboratory.await("pause; " + laboratory.notes, () -> experiment.status().phase() == Phase.PAUSED);
        LiveLaboratory.await("that it waits again", () -> bundles(PLUGIN).isEmpty() && shown(PLUGIN)
                .filter(each -> each.state() == State.WAITING
                        && each.reason().equals("no bundle has the package " + LIBRARY))
                .isPresent());
        assertCollected(before);

        long step = experiment.status().step();
        laboratory.drop("library.jar", library("1.2.0"));
        LiveLaboratory.await("more steps; " + laboratory.notes, () -> experiment.status().step() > step + 1000);
        assertEquals(List.of("1.2.0"), wired());
        experiment.stop();
        long steps = experiment.await().steps();
        Path untouched = home.resolve("untouched");
        System.clearProperty(HostileJarsTest.SLOW);
        laboratory.train(untouched, steps).await();
        List<String> swapped = HotDeploymentTest.rows(run);
        assertEquals(HotDeploymentTest.rows(untouched).subList(0, swapped.size()), swapped);
    }

    @Test
    void aPartOfLimberWhosePackagesOthersUseStays() throws Exception {
        byte[] part = Plugin.version("1.0.0").header("Export-Package", PLUGIN).jar();
        Bundle own = laboratory.context().installBundle("limber:part", new ByteArrayInputStream(part));
        Bundle other = laboratory.context().installBundle("limber:other", new ByteArrayInputStream(Plugin.jar(
                manifest("com.example.other", "1.0.0", Map.of("Import-Package", PLUGIN)), Map.of())));
        own.start();
        other.start();
        var stopped = new ArrayList<Bundle>();
        laboratory.context().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STOPPING) {
                stopped.add(event.getBundle());
            }
        });
        laboratory.drop("part.jar", Versions.raised(part, "2.0.0"));
        LiveLaboratory.await("a line", () -> laboratory.deployments().bundles().stream()
                .anyMatch(each -> each.state() == State.LEFT_OUT && each.reason()
                        .equals(PLUGIN + " cannot be replaced while others use its packages: com.example.other")));
        assertEquals(List.of(), stopped);
        assertEquals(Bundle.ACTIVE, own.getState());
    }
}
