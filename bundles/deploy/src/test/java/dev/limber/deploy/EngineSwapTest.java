package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.limber.api.algorithm.Device;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import java.io.ByteArrayInputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/// Physics engines, on which environments of another bundle stand.
@Timeout(180)
class EngineSwapTest {

    private static final String NAME = "com.example.engine";

    /// Says in the system properties which version of it a thread has used last.
    private static final String ENGINE = """
            package com.example.engine;

            import dev.limber.api.environment.EnvironmentSpec.Snapshot;
            import dev.limber.api.physics.*;

            public class Engine implements PhysicsEngine {
                @Override public Capabilities capabilities() {
                    String thread = Thread.currentThread().getName();
                    System.setProperty("engine." + thread, "%s");
                    if (thread.equals("%s")) throw new IllegalStateException("not today");
                    return new Capabilities(Snapshot.EXACT, false, false, true);
                }
                @Override public World create(ModelSpec model, WorldOptions options) {
                    throw new UnsupportedOperationException();
                }
            }
            """;

    private static final String GROUND = """
            package com.example.ground;

            import dev.limber.api.environment.*;
            import dev.limber.api.environment.EnvironmentSpec.Snapshot;
            import dev.limber.api.physics.PhysicsEngine;
            import dev.limber.api.plugin.Options;
            import dev.limber.api.random.SeededRandom;
            import dev.limber.api.space.*;
            import dev.limber.environments.*;

            public class Ground implements EnvironmentFactory {
                private PhysicsEngine engine;
                public void bind(PhysicsEngine bound) {
                    engine = bound;
                }
                @Override public EnvironmentSpec spec(Options options) {
                    return EnvironmentSpec.of("ground", Box.unbounded("a", "b", "c", "d"), Discrete.of("left", "right"))
                            .state("place [m]").maxEpisodeSteps(20).snapshot(Snapshot.EXACT).build();
                }
                @Override public Environment create(int copies, Options options) {
                    return new BatchEnvironment(spec(options), copies, n -> new Places(n, engine));
                }
                private static class Places extends ArrayKernel {
                    private final PhysicsEngine engine;
                    private final double[] place = variable();
                    Places(int copies, PhysicsEngine engine) {
                        super(copies);
                        this.engine = engine;
                    }
                    @Override public void begin(int copy, SeededRandom random) {
                        place[copy] = random.nextDouble();
                    }
                    @Override public void step(float[] actions, float[] terms, boolean[] terminated) {
                        engine.capabilities();
                        for (int i = 0; i < place.length; i++) {
                            place[i] += actions[i] - 0.5;
                        }
                    }
                    @Override public void observe(int from, int to, float[] observations) {
                        for (int i = from; i < to; i++) {
                            java.util.Arrays.fill(observations, 4 * i, 4 * i + 4, (float) place[i]);
                        }
                    }
                }
            }
            """;

    @TempDir
    private Path home;
    private LiveLaboratory laboratory;

    @BeforeEach
    void start() throws Exception {
        System.setProperty(HostileJarsTest.SLOW, "true");
        laboratory = LiveLaboratory.start(home, Map.of());
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        ship(bundle("com.example.ground", "1.0.0", Plugin.compiled(GROUND), Map.of("ground", ground("ground"), "shaky",
                ground("shaky"))));
    }

    @AfterEach
    void end() throws Exception {
        laboratory.close();
        System.clearProperty(HostileJarsTest.SLOW);
    }

    private static String ground(String name) {
        return """
                <component xmlns="http://www.osgi.org/xmlns/scr/v1.3.0" name="com.example.ground.%s">
                  <property name="limber.name" value="%s"/>
                  <service><provide interface="dev.limber.api.environment.EnvironmentFactory"/></service>
                  <reference name="engine" interface="dev.limber.api.physics.PhysicsEngine"
                      target="(limber.name=toy)" bind="bind"/>
                  <implementation class="com.example.ground.Ground"/>
                </component>
                """.formatted(name, name);
    }

    /// @param refusing name of a thread on which it throws
    private static byte[] engine(String version, String refusing) {
        return bundle(NAME, version, Plugin.compiled(ENGINE.formatted(version, refusing)), Map.of("engine", """
                <component xmlns="http://www.osgi.org/xmlns/scr/v1.3.0" name="com.example.engine.Engine">
                  <property name="limber.name" value="toy"/>
                  <service><provide interface="dev.limber.api.physics.PhysicsEngine"/></service>
                  <implementation class="com.example.engine.Engine"/>
                </component>
                """));
    }

    private static byte[] bundle(String name, String version, Map<String, byte[]> classes,
            Map<String, String> components) {
        var files = new LinkedHashMap<String, byte[]>(classes);
        components.forEach((file, xml) -> files.put("OSGI-INF/" + file + ".xml", xml.getBytes(StandardCharsets.UTF_8)));
        var manifest = new LinkedHashMap<String, String>();
        manifest.put("Manifest-Version", "1.0");
        manifest.put("Bundle-ManifestVersion", "2");
        manifest.put("Bundle-SymbolicName", name);
        manifest.put("Bundle-Version", version);
        manifest.put("Service-Component", "OSGI-INF/*.xml");
        manifest.put("DynamicImport-Package", "dev.limber.*");
        return Plugin.jar(manifest, files);
    }

    /// Installs a bundle as if it had come with Limber.
    private void ship(byte[] jar) throws BundleException {
        laboratory.context().installBundle("test:" + System.identityHashCode(jar), new ByteArrayInputStream(jar))
                .start();
    }

    private Experiment train(String environment) {
        return laboratory.experiments().start(new ExperimentSpec(environment, "drift", Map.of(), 3,
                OptionalLong.of(Long.MAX_VALUE), OptionalInt.of(2), Device.CPU, Optional.of(home.resolve(environment))),
                new ExperimentListener() {
                    @Override
                    public void note(String message) {
                        laboratory.notes.add(message);
                    }
                });
    }

    private static String thread(String environment) {
        return "limber-" + environment + "-drift";
    }

    /// Waits until an experiment steps with a version of the engine.
    private void awaitEngine(String environment, String version) {
        String property = "engine." + thread(environment);
        System.clearProperty(property);
        LiveLaboratory.await(environment + " on " + version + "; " + laboratory.notes,
                () -> version.equals(System.getProperty(property)));
    }

    private void awaitActive(String version) {
        LiveLaboratory.await(version + " active; " + laboratory.notes,
                () -> laboratory.deployments().bundles().stream().anyMatch(each -> each.name().equals(NAME)
                        && each.version().equals(version) && each.state() == State.ACTIVE));
    }

    private WeakReference<ClassLoader> loader(String version) {
        for (Bundle bundle : laboratory.context().getBundles()) {
            if (NAME.equals(bundle.getSymbolicName()) && bundle.getVersion().toString().equals(version)) {
                return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
            }
        }
        throw new IllegalStateException(version + " is not installed");
    }

    private static void assertCollected(WeakReference<ClassLoader> loader) {
        LiveLaboratory.await("collection of the engine's classes", () -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    @Test
    void whatOneRunRefusesIsLeftByAllForTheOneBefore() throws Exception {
        ship(engine("1.0.0", ""));
        Experiment shaky = train("shaky");
        shaky.pause();
        LiveLaboratory.await("pause", () -> shaky.status().phase() == Phase.PAUSED);
        Experiment steady = train("ground");
        laboratory.drop("engine.jar", engine("2.0.0", thread("shaky")));
        awaitEngine("ground", "2.0.0");
        WeakReference<ClassLoader> loader = loader("2.0.0");
        LiveLaboratory.await("proof", () -> journal(steady).contains("\"proved\""));
        shaky.proceed();
        LiveLaboratory.await("quarantine; " + laboratory.notes,
                () -> Files.exists(laboratory.folder().resolve("quarantine/engine.jar")));
        awaitEngine("ground", "1.0.0");
        awaitEngine("shaky", "1.0.0");
        assertFalse(journal(steady).contains("\"withdrawn\""), laboratory.notes.toString());
        assertCollected(loader);
        stop(steady, shaky);
    }

    @Test
    void whenOneIsTakenAwayTheOneThatCameWithLimberTakesOver() throws Exception {
        ship(engine("1.0.0", ""));
        Experiment experiment = train("ground");
        laboratory.drop("engine.jar", engine("2.0.0", ""));
        awaitEngine("ground", "2.0.0");
        awaitActive("2.0.0");
        WeakReference<ClassLoader> loader = loader("2.0.0");
        Files.delete(laboratory.folder().resolve("engine.jar"));
        awaitEngine("ground", "1.0.0");
        assertFalse(journal(experiment).contains("\"withdrawn\""), laboratory.notes.toString());
        assertCollected(loader);
        stop(experiment);
    }

    @Test
    void withoutAnyARunWaits() throws Exception {
        laboratory.drop("engine.jar", engine("1.0.0", ""));
        awaitActive("1.0.0");
        Experiment experiment = train("ground");
        awaitEngine("ground", "1.0.0");
        WeakReference<ClassLoader> loader = loader("1.0.0");
        Files.delete(laboratory.folder().resolve("engine.jar"));
        LiveLaboratory.await("pause; " + laboratory.notes, () -> experiment.status().phase() == Phase.PAUSED);
        assertCollected(loader);
        laboratory.drop("engine.jar", engine("1.1.0", ""));
        awaitEngine("ground", "1.1.0");
        assertEquals(Phase.RUNNING, experiment.status().phase());
        stop(experiment);
    }

    private static String journal(Experiment experiment) {
        return HotDeploymentTest.journal(experiment.run());
    }

    private static void stop(Experiment... experiments) throws InterruptedException {
        for (Experiment experiment : experiments) {
            experiment.stop();
            experiment.await();
        }
    }
}
