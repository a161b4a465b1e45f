package dev.limber.deploy;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/// Installs bundles beside others of their name, and takes them away again without a trace. Code of plug-ins runs on
/// threads of its own here, since it may never return. Thread-safe.
final class Installation {

    private static final System.Logger LOG = System.getLogger(Installation.class.getName());
    private static final String LOCATION = "limber-deploy:";
    private static final long REFRESH_SECONDS = 30;

    private interface Action {
        Optional<Refusal> run() throws Exception;
    }

    private final BundleContext context;
    private final Components components;
    private final long patience;
    private final AtomicLong count = new AtomicLong();

    /// @param patience how long a bundle may take to start, and to stop [ms]
    Installation(BundleContext context, Components components, long patience) {
        this.context = context;
        this.components = components;
        this.patience = patience;
    }

    /// True for a bundle that did not come with Limber.
    static boolean deployed(Bundle bundle) {
        return bundle.getLocation().startsWith(LOCATION);
    }

    /// Installs and starts a jar for a moment.
    ///
    /// @throws Refusal where either fails
    void tryOut(Jar jar) throws Refusal, InterruptedException {
        Bundle bundle = install(jar);
        try {
            start(bundle);
        } finally {
            retire(bundle);
        }
    }

    /// Starts a bundle and has all its components built.
    ///
    /// @throws Refusal where that fails; the bundle is to be [retired][#retire] then
    void start(Bundle bundle) throws Refusal, InterruptedException {
        Optional<Refusal> refusal;
        try {
            refusal = within("start", bundle, () -> activate(bundle), () -> retireLate(bundle));
        } catch (TimeoutException endless) {
            throw new Refusal(Refusal.Kind.BROKEN, "its activation has not ended within " + patience / 1000.0
                    + " s; its thread and classes stay until it ends, or this process does");
        } catch (ExecutionException failure) {
            boolean unresolved = Failures.unresolved(failure.getCause());
            throw new Refusal(unresolved ? Refusal.Kind.WAITING : Refusal.Kind.BROKEN,
                    Failures.line(failure.getCause()));
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    /// Installs a jar.
    ///
    /// @throws Refusal where that fails; nothing of it is left then
    Bundle install(Jar jar) throws Refusal {
        String location = LOCATION + count.incrementAndGet() + "/" + jar.name() + "/" + jar.version();
        try (var content = new DigestInputStream(Files.newInputStream(jar.file()),
                MessageDigest.getInstance("SHA-256"))) {
            Bundle bundle = context.installBundle(location, content);
            if (!HexFormat.of().formatHex(content.getMessageDigest().digest()).equals(jar.sha256())) {
                bundle.uninstall();
                throw new Refusal(Refusal.Kind.BROKEN, "it is not what was examined: somebody has changed the copy");
            }
            return bundle;
        } catch (BundleException failure) { // the framework has read nothing but the manifest
            throw new Refusal(Refusal.Kind.BROKEN, "its manifest is wrong: " + Failures.innermost(failure));
        } catch (IOException | RuntimeException failure) {
            throw new Refusal(Refusal.Kind.BROKEN, "it cannot be installed: " + Failures.described(failure));
        } catch (NoSuchAlgorithmException impossible) { // every JDK has it
            throw new AssertionError(impossible);
        }
    }

    /// What keeps a bundle from working.
    private Optional<Refusal> activate(Bundle bundle) throws BundleException {
        bundle.start(Bundle.START_TRANSIENT);
        warm(bundle);
        List<String> failures = components.failures(bundle);
        if (!failures.isEmpty()) {
            return Optional.of(new Refusal(Refusal.Kind.BROKEN, failures.getFirst()));
        }
        return components.waiting(bundle).stream().findFirst().map(line -> new Refusal(Refusal.Kind.WAITING, line));
    }

    /// Runs something of a bundle on a thread of its own.
    ///
    /// @param late what to do there where it ends after nobody waits for it any more
    /// @throws TimeoutException where it does not end in time
    private Optional<Refusal> within(String what, Bundle bundle, Action action, Runnable late)
            throws TimeoutException, ExecutionException, InterruptedException {
        var done = new CompletableFuture<Optional<Refusal>>();
        Thread thread = Thread.ofPlatform().daemon(true).name("limber-" + what + "-" + bundle.getSymbolicName())
                .start(() -> {
                    boolean inTime;
                    try {
                        inTime = done.complete(action.run());
                    } catch (Throwable thrown) { // whatever plug-ins throw
                        inTime = done.completeExceptionally(thrown);
                    }
                    if (!inTime) {
                        late.run();
                    }
                });
        try {
            return done.get(patience, TimeUnit.MILLISECONDS);
        } catch (TimeoutException endless) {
            if (!done.completeExceptionally(endless)) {
                return done.get(); // it has just ended
            }
            thread.interrupt();
            throw endless;
        }
    }

    /// Loads, verifies and initialises all classes here, so that whoever takes over need not: experiments stand still then.
    /// What cannot be loaded shows itself when it is used.
    private static void warm(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        for (String file : wiring.listResources("/", "*.class",
                BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL)) {
            try {
                Class.forName(file.substring(0, file.length() - ".class".length()).replace('/', '.'), true,
                        wiring.getClassLoader());
            } catch (ClassNotFoundException | LinkageError | RuntimeException later) {
                continue;
            }
        }
    }

    /// Uninstalls a bundle and lets go of its classes. One whose activator has not returned goes when it does: until then
    /// the framework holds its lock.
    void retire(Bundle bundle) throws InterruptedException {
        if (bundle.getState() != Bundle.STARTING) {
            end(bundle, bundle::uninstall);
        }
    }

    /// Stops a bundle that came with Limber and lets go of its classes, so that it can be started again.
    void stop(Bundle bundle) throws InterruptedException {
        end(bundle, bundle::stop);
    }

    private interface Ending {
        void run() throws BundleException;
    }

    private void end(Bundle bundle, Ending ending) throws InterruptedException {
        try {
            within("stop", bundle, () -> {
                ending.run();
                return Optional.empty();
            }, () -> refreshQuietly(bundle));
        } catch (ExecutionException failed) {
            LOG.log(Level.WARNING, bundle.getSymbolicName() + " did not stop cleanly", failed.getCause());
        } catch (TimeoutException endless) {
            LOG.log(Level.WARNING, bundle.getSymbolicName() + " does not stop");
            return;
        }
        refresh(bundle);
    }

    /// Retires a bundle that has hung, where it has not been retired for all that.
    private void retireLate(Bundle bundle) {
        try {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                retire(bundle);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void refreshQuietly(Bundle bundle) {
        try {
            refresh(bundle);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /// The bundles that are wired to one, or to others that are.
    List<Bundle> dependents(Bundle bundle) {
        return wiring().getDependencyClosure(List.of(bundle)).stream()
                .filter(each -> !each.equals(bundle) && each.getState() != Bundle.UNINSTALLED).toList();
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    /// Those that are wired to it would be stopped and started again, and nobody who uses them would know. Where there are
    /// some, the framework lets go of its classes when the last of them is uninstalled.
    private void refresh(Bundle bundle) throws InterruptedException {
        if (!dependents(bundle).isEmpty()) {
            return;
        }
        var refreshed = new CountDownLatch(1);
        wiring().refreshBundles(List.of(bundle), event -> refreshed.countDown());
        if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
            LOG.log(Level.WARNING, "the classes of " + bundle.getSymbolicName() + " could not be let go of");
        }
    }
}
