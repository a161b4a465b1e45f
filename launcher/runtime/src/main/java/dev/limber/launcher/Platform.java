package dev.limber.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/// A running framework with the bundles of a Limber folder in it.
///
/// The folder holds `lib/*.jar`, which bundles see through the system bundle, and `bundles/NN/*.jar`, which are started in
/// the order of NN. Jars are used where they lie; what the framework itself writes goes to a temporary folder that
/// disappears with it. The jars of users, in the folder `deploy`, are left to the bundle that watches it.
public final class Platform implements AutoCloseable {

    private final Framework framework;
    private final Path cache;
    private final List<String> failures = new CopyOnWriteArrayList<>();

    private Platform(Path home, Path deploy, Path cache, int level) {
        this.cache = cache;
        var configuration = new HashMap<String, String>();
        configuration.put("limber.home", home.toAbsolutePath().toString());
        configuration.put("limber.deploy", deploy.toString());
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, LibraryPackages.of(jars(home.resolve("lib"))));
        configuration.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(level));
        // Nobody else uses the folder, and failures are told by the launcher.
        configuration.put("felix.cache.locking", "false");
        configuration.put("felix.log.level", "0");
        configuration.put("ds.loglevel", "0");
        // Loggers of the component runtime's own bundle: the log service never lets go of a bundle that has one.
        configuration.put("ds.log.extension", "true");
        configuration.put("gosh.args", "--nointeractive");
        framework = new FrameworkFactory().newFramework(configuration);
    }

    /// Starts the bundles of a folder up to a start level, and those in its folder `deploy`.
    ///
    /// @throws BundleException where the framework itself does not start
    /// @throws IllegalStateException where the folder has no bundles
    public static Platform start(Path home, int level) throws BundleException, IOException {
        return start(home, home.resolve("deploy"), level);
    }

    /// Starts the bundles of a folder up to a start level. Bundles that do not start are among the [#problems].
    ///
    /// @param deploy where users put their plug-ins; need not exist
    /// @throws BundleException where the framework itself does not start
    /// @throws IllegalStateException where the folder has no bundles
    public static Platform start(Path home, Path deploy, int level) throws BundleException, IOException {
        if (!Files.isDirectory(home.resolve("bundles"))) {
            throw new IllegalStateException("there is no folder " + home.resolve("bundles"));
        }
        var platform = new Platform(home, deploy, Files.createTempDirectory("limber-"), level);
        // Also when a signal ends the process.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(platform.cache), "delete framework cache"));
        platform.framework.init();
        platform.context().addFrameworkListener(platform::heard);
        platform.install(home.resolve("bundles"), level);
        platform.framework.start();
        return platform;
    }

    /// The context of the system bundle.
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /// What keeps the jars in `deploy` from working: a line each, empty where all is well.
    public List<String> deployProblems() {
        try {
            ServiceReference<?>[] references = context().getAllServiceReferences(Supplier.class.getName(),
                    "(limber.deploy.problems=true)");
            if (references == null || !(context().getService(references[0]) instanceof Supplier<?> problems)
                    || !(problems.get() instanceof List<?> lines)) {
                return List.of();
            }
            return lines.stream().map(Object::toString).toList();
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// What keeps bundles and their components from working: a line each, empty where all is well.
    public List<String> problems() {
        var problems = new ArrayList<String>(failures);
        problems.addAll(Problems.of(context()));
        return problems;
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(10_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        delete(cache);
    }

    private void install(Path bundles, int highest) throws BundleException {
        var installed = new ArrayList<Bundle>();
        for (Path folder : list(bundles)) {
            if (!folder.getFileName().toString().matches("\\d\\d")) {
                continue;
            }
            int level = Integer.parseInt(folder.getFileName().toString());
            if (level > highest) {
                continue;
            }
            for (Path jar : jars(folder)) {
                try {
                    Bundle bundle = context().installBundle("reference:" + jar.toUri());
                    bundle.adapt(BundleStartLevel.class).setStartLevel(level);
                    installed.add(bundle);
                } catch (BundleException failure) {
                    failures.add(jar.getFileName() + " cannot be installed: " + Problems.line(failure));
                }
            }
        }
        // The framework is at level 0, so this only marks them.
        for (Bundle bundle : installed) {
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    private void heard(FrameworkEvent event) {
        // What does not resolve is found by looking at the bundles; this is for activators that throw.
        if (event.getType() == FrameworkEvent.ERROR && event.getBundle().getState() == Bundle.RESOLVED) {
            failures.add(event.getBundle().getSymbolicName() + " failed: " + Problems.line(event.getThrowable()));
        }
    }

    private static List<Path> jars(Path folder) {
        return list(folder).stream().filter(path -> path.toString().endsWith(".jar")).toList();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + folder, failure);
        }
    }

    private static synchronized void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException ignored) {
            // It lies where the system cleans up.
        }
    }
}
