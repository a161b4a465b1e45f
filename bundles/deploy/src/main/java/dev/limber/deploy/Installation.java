package dev.limber.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/// Installs bundles beside others of their name, and takes them away again without a trace.
final class Installation {

    private static final long REFRESH_SECONDS = 30;

    private final BundleContext context;
    private final Components components;
    private final long patience;
    private final AtomicLong count = new AtomicLong();

    /// @param patience how long a bundle may take to start [ms]
    Installation(BundleContext context, Components components, long patience) {
        this.context = context;
        this.components = components;
        this.patience = patience;
    }

    /// Installs and starts a jar, and has all its components built.
    ///
    /// @throws Refusal where any of that fails; nothing of it is left then
    Bundle start(Jar jar) throws Refusal, InterruptedException {
        Bundle bundle = install(jar);
        try {
            startWithin(bundle);
        } catch (BundleException failure) {
            retire(bundle);
            throw new Refusal(Failures.unresolved(failure) ? Refusal.Kind.WAITING : Refusal.Kind.BROKEN,
                    Failures.line(failure));
        } catch (RuntimeException | LinkageError failure) {
            retire(bundle);
            throw new Refusal(Refusal.Kind.BROKEN, Failures.line(failure));
        }
        List<String> failures = components.failures(bundle);
        if (!failures.isEmpty()) {
            retire(bundle);
            throw new Refusal(Refusal.Kind.BROKEN, failures.getFirst());
        }
        List<String> waiting = components.waiting(bundle);
        if (!waiting.isEmpty()) {
            retire(bundle);
            throw new Refusal(Refusal.Kind.WAITING, waiting.getFirst());
        }
        return bundle;
    }

    private Bundle install(Jar jar) throws Refusal {
        String location = "limber-deploy:" + count.incrementAndGet() + "/" + jar.name() + "/" + jar.version();
        try (InputStream content = Files.newInputStream(jar.file())) {
            Bundle bundle = context.installBundle(location, content);
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null) {
                bundle.uninstall();
                throw new Refusal(Refusal.Kind.BROKEN,
                        "it is a fragment, which cannot be deployed while its host runs");
            }
            return bundle;
        } catch (BundleException | IOException | RuntimeException failure) {
            throw new Refusal(Refusal.Kind.BROKEN, Failures.line(failure));
        }
    }

    /// Starts a bundle on a thread of its own, since an activator may never return.
    private void startWithin(Bundle bundle) throws BundleException, Refusal, InterruptedException {
        var thrown = new AtomicReference<Throwable>();
        var done = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon(true).name("limber-start-" + bundle.getSymbolicName()).start(() -> {
            try {
                bundle.start(Bundle.START_TRANSIENT);
                warm(bundle);
            } catch (Throwable failure) { // whatever an activator throws
                thrown.set(failure);
            } finally {
                done.countDown();
            }
        });
        if (!done.await(patience, TimeUnit.MILLISECONDS)) {
            thread.interrupt();
            // The framework holds the bundle's lock until the activator returns, so it cannot be uninstalled.
            throw new Refusal(Refusal.Kind.BROKEN, "its activation has not ended within "
                    + patience / 1000.0 + " s; its thread and classes stay until this process ends");
        }
        switch (thrown.get()) {
            case null -> {
                return;
            }
            case BundleException failure -> throw failure;
            case Error failure -> throw new BundleException("its activation failed", failure);
            case Throwable failure -> throw new BundleException("its activation failed", failure);
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

    /// Uninstalls a bundle and lets go of its classes.
    void retire(Bundle bundle) throws InterruptedException {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException gone) {
            System.getLogger(Installation.class.getName()).log(System.Logger.Level.WARNING,
                    bundle.getSymbolicName() + " did not stop cleanly", gone);
        }
        refresh(bundle);
    }

    /// Stops a bundle that came with Limber and lets go of its classes, so that it can be started again.
    void stop(Bundle bundle) throws InterruptedException {
        try {
            bundle.stop();
        } catch (BundleException failed) {
            System.getLogger(Installation.class.getName()).log(System.Logger.Level.WARNING,
                    bundle.getSymbolicName() + " did not stop cleanly", failed);
        }
        refresh(bundle);
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        var refreshed = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> refreshed.countDown());
        if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
            System.getLogger(Installation.class.getName()).log(System.Logger.Level.WARNING,
                    "the classes of " + bundle.getSymbolicName() + " could not be let go of");
        }
    }
}
