package dev.limber.deploy;

import dev.limber.api.algorithm.Device;
import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.Deployments;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.Experiments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/// A framework with the component runtime, the runner, the classic environments and the deployer in it, all as bundles.
/// The contracts come from the class path, so that tests see them.
final class LiveLaboratory implements AutoCloseable {

    private static final String[] SHARED = {"dev.limber.api.plugin.Options",
        "org.osgi.service.component.ComponentConstants", "org.osgi.util.promise.Promise",
        "org.osgi.util.function.Function", "com.fasterxml.jackson.jr.ob.JSON",
        "com.fasterxml.jackson.core.JsonFactory"};
    private static final String[] BUNDLES = {"org.apache.felix.scr.info.ScrInfo", "org.apache.felix.metatype.OCD",
        "org.apache.felix.log.Activator",
        "dev.limber.environments.BatchEnvironment", "dev.limber.physics.classiccontrol.CartPole",
        "dev.limber.experiment.LocalExperiments", "dev.limber.deploy.HotDeployments"};

    private final Framework framework;
    private final Path folder;
    final List<String> notes = new java.util.concurrent.CopyOnWriteArrayList<>();

    private LiveLaboratory(Framework framework, Path folder) {
        this.framework = framework;
        this.folder = folder;
    }

    static LiveLaboratory start(Path home, Map<String, String> properties) throws Exception {
        Path folder = Files.createDirectories(home.resolve("deploy"));
        var configuration = new HashMap<String, String>(Map.of(Constants.FRAMEWORK_STORAGE,
                home.resolve("cache").toString(), Constants.FRAMEWORK_BSNVERSION, "multiple",
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, sharedPackages(), "felix.log.level", "0", "ds.loglevel", "0",
                HotDeployments.FOLDER, folder.toString(), HotDeployments.INTERVAL, "5", HotDeployments.QUIET, "50",
                HotDeployments.PATIENCE,
                "60000"));
        configuration.putAll(properties);
        Framework framework = new FrameworkFactory().newFramework(configuration);
        framework.start();
        var bundles = new ArrayList<Bundle>();
        for (String type : BUNDLES) {
            bundles.add(framework.getBundleContext().installBundle("test:" + type,
                    new ByteArrayInputStream(jarOf(type))));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        return new LiveLaboratory(framework, folder);
    }

    private static String sharedPackages() throws Exception {
        var packages = new ArrayList<String>();
        for (String type : SHARED) {
            Path place = place(type);
            try (InputStream in = Files.isDirectory(place)
                    ? Files.newInputStream(place.resolve("META-INF/MANIFEST.MF"))
                    : new java.net.URI("jar:" + place.toUri() + "!/META-INF/MANIFEST.MF").toURL().openStream()) {
                packages.add(new Manifest(in).getMainAttributes().getValue("Export-Package")
                        .replaceAll(";uses:=\"[^\"]*\"", ""));
            }
        }
        return String.join(",", packages);
    }

    private static Path place(String type) throws ClassNotFoundException, URISyntaxException {
        Class<?> loaded = Class.forName(type, false, LiveLaboratory.class.getClassLoader());
        return Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /// The jar that a class is in; where the build has not packed it yet, it is packed here.
    static byte[] jarOf(String type) throws Exception {
        Path place = place(type);
        if (!Files.isDirectory(place)) {
            return Files.readAllBytes(place);
        }
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes);
                Stream<Path> files = Files.walk(place)) {
            // The manifest comes first.
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted(java.util.Comparator.comparing(file -> !file.endsWith("MANIFEST.MF"))).toList()) {
                jar.putNextEntry(new ZipEntry(place.relativize(file).toString()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Path folder() {
        return folder;
    }

    private <T> T service(Class<T> type) {
        var tracker = new ServiceTracker<T, T>(context(), type, null);
        tracker.open();
        try {
            return Optional.ofNullable(tracker.waitForService(10_000)).orElseThrow();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        } finally {
            tracker.close();
        }
    }

    Experiments experiments() {
        return service(Experiments.class);
    }

    Deployments deployments() {
        return service(Deployments.class);
    }

    /// Trains drift on the cart-pole.
    Experiment train(Path run, long steps, String... settings) {
        var map = new HashMap<String, String>(Map.of("runner.logSteps", "1000", "checkpointSeconds", "1000"));
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return experiments().start(new ExperimentSpec("CartPole-v1", "drift", map, 3, OptionalLong.of(steps),
                OptionalInt.of(2), Device.CPU, Optional.of(run)), new ExperimentListener() {
                    @Override
                    public void note(String message) {
                        notes.add(message);
                    }
                });
    }

    /// Puts a jar into the folder in one step.
    void drop(String file, byte[] jar) throws IOException {
        Path temporary = folder.resolve("." + file + ".tmp");
        Files.write(temporary, jar);
        Files.move(temporary, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Waits until something is so.
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("has not come about: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    /// Waits until a version of drift is active.
    void awaitActive(String version) {
        await(version + " active; " + notes, () -> active(version));
    }

    boolean active(String version) {
        return deployments().bundles().stream().anyMatch(bundle -> bundle.name().equals("com.example.drift")
                && bundle.version().equals(version) && bundle.state() == DeployedBundle.State.ACTIVE);
    }

    /// The class loader of the deployed version.
    ClassLoader loader(String version) {
        for (Bundle bundle : context().getBundles()) {
            if ("com.example.drift".equals(bundle.getSymbolicName()) && bundle.getVersion().toString().equals(version)
                    && bundle.getState() == Bundle.ACTIVE) {
                return bundle.adapt(org.osgi.framework.wiring.BundleWiring.class).getClassLoader();
            }
        }
        throw new IllegalStateException(version + " is not active");
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(20_000);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
