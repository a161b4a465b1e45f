package dev.limber.deploy;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.deploy.Deployments;
import dev.limber.api.deploy.Placement;
import dev.limber.api.deploy.PluginUser;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/// Reads the folder `deploy` once while it is activated, so that whatever starts after it finds what is deployed, and
/// watches it from then on.
///
/// It is also the `Supplier` of [#problems] for the launcher, which sees JDK types alone.
@Component(service = {Deployments.class,
    Supplier.class}, immediate = true, property = "limber.deploy.problems:Boolean=true")
public final class HotDeployments implements Deployments, Supplier<List<String>> {

    /// Names the folder.
    static final String FOLDER = "limber.deploy";

    /// How long a bundle may take to start [ms].
    static final String PATIENCE = "limber.deploy.patience";

    /// Time between two looks at the folder [ms].
    static final String INTERVAL = "limber.deploy.interval";

    /// Time after which nobody writes to a file any more that is no whole jar [ms].
    static final String QUIET = "limber.deploy.quiet";

    /// Looks at the folder while it is first read, for copies in progress.
    private static final int MOST_LOOKS = 30;

    private final BundleContext context;
    private final Path folder;
    private final Trust trust;
    private final Components components;
    private final Installation installation;
    private final Shipped shipped;
    private final Inventory inventory = new Inventory();
    private final Quarantine quarantine;
    private final Deployer deployer;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final long interval;
    private volatile boolean watching;
    private final BundleListener listener = this::heard;
    private final ServiceRegistration<?> hook;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<PluginUser> users = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Catalog> catalogs = List.of();

    /// Made by the component runtime.
    @Activate
    public HotDeployments(BundleContext context, @Reference ServiceComponentRuntime runtime) {
        this.context = context;
        String named = context.getProperty(FOLDER);
        folder = Path.of(named == null || named.isEmpty() ? "deploy" : named).toAbsolutePath().normalize();
        trust = Trust.configured(context);
        components = new Components(context, runtime);
        long patience = milliseconds(PATIENCE, 10_000);
        installation = new Installation(context, components, patience);
        shipped = new Shipped(context, installation);
        interval = milliseconds(INTERVAL, 100);
        quarantine = new Quarantine(folder);
        var watched = new WatchedFolder(folder, milliseconds(QUIET, 2_000));
        Bundle framework = context.getBundle(0);
        var rejects = new Rejects(folder, watched, quarantine, inventory,
                () -> ending(framework), this::tell);
        var succession = new Succession(inventory, installation, shipped, () -> users, rejects);
        deployer = new Deployer(context.getDataFile("jars").toPath(), trust, watched, inventory, rejects, succession);
        hook = context.registerService(ResolverHookFactory.class, triggers -> new WithoutGone(), null);
        context.addBundleListener(listener);
        try {
            begin(2 * patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        watching = true;
        thread = Thread.ofPlatform().daemon(true).name("limber-deploy").start(this::watch);
    }

    /// True once the framework stops, or the process ends without stopping it: files that are needed go then.
    private static boolean ending(Bundle framework) {
        if ((framework.getState() & (Bundle.STARTING | Bundle.ACTIVE)) == 0) {
            return true;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread()); // throws from before the first hook runs
            return false;
        } catch (IllegalStateException shutdown) {
            return true;
        }
    }

    /// Reads what is there already, so that whatever starts after this finds it.
    ///
    /// @param longest time for jars that do not end their start [ms]
    private void begin(long longest) throws InterruptedException {
        boolean stable = deployer.look();
        for (int looks = 1; !stable && looks < MOST_LOOKS; looks++) {
            Thread.sleep(interval);
            stable = deployer.look();
        }
        deployer.awaitRest(longest);
        deployer.look(); // for those that waited for others
        deployer.awaitRest(longest);
    }

    private long milliseconds(String property, long otherwise) {
        String value = context.getProperty(property);
        return value == null || value.isEmpty() ? otherwise : Long.parseLong(value);
    }

    private void watch() {
        while (watching) {
            try {
                Thread.sleep(interval);
                deployer.look();
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void heard(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.STARTED && !Installation.deployed(bundle)) {
            deployer.retry(); // what jars wait for may come with Limber's own bundles too
        } else if (event.getType() == BundleEvent.UNINSTALLED) {
            deployer.renew(installation.dependents(bundle));
        }
    }

    @Deactivate
    void end() throws InterruptedException {
        watching = false;
        context.removeBundleListener(listener);
        hook.unregister();
        thread.interrupt();
        deployer.close();
        thread.join(1_000);
    }

    private void tell(String line) {
        if (!watching) {
            problems.add(line);
        }
        users.forEach(user -> user.tell(line));
    }

    @Override
    public List<String> get() {
        return problems();
    }

    @Override
    public List<String> problems() {
        return problems.stream().sorted().toList(); // by file, in whatever order they were found
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public String trust() {
        return trust.description();
    }

    @Override
    public List<DeployedBundle> bundles() {
        var shown = new ArrayList<DeployedBundle>();
        List<Entry> entries = inventory.entries();
        entries.forEach(entry -> shown.add(entry.shown()));
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getBundleId() != 0 && entries.stream()
                    .noneMatch(entry -> entry.bundle().filter(bundle::equals).isPresent())
                    && !Installation.deployed(bundle)) {
                shown.add(builtIn(bundle, entries));
            }
        }
        inventory.unusable().forEach((file, unusable) -> shown.add(new DeployedBundle(FileNames.shown(file), "",
                State.LEFT_OUT, unusable.since(), FileNames.shown(file), "", unusable.reason())));
        quarantine.reasons().forEach((file, reason) -> shown.add(new DeployedBundle(file, "", State.QUARANTINED,
                quarantine.since(file), "quarantine/" + file, "", reason)));
        shown.sort(Comparator.comparing(DeployedBundle::name).thenComparing(DeployedBundle::version));
        return shown;
    }

    private DeployedBundle builtIn(Bundle bundle, List<Entry> entries) {
        boolean active = bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
        String file = bundle.getLocation().replaceFirst(".*/", "");
        String reason = entries.stream().filter(each -> each.active() && each.jar().name().equals(
                bundle.getSymbolicName())).findFirst()
                .map(each -> each.jar().version() + " in " + each.fileName() + " replaces it")
                .orElse(active ? "" : "it is not started; ask: limber why " + bundle.getSymbolicName());
        return new DeployedBundle(bundle.getSymbolicName(), bundle.getVersion().toString(),
                active ? State.ACTIVE : reason.endsWith("replaces it") ? State.LEFT_OUT : State.WAITING,
                Instant.ofEpochMilli(bundle.getLastModified()), file, "", active ? "" : reason);
    }

    @Override
    public void examine(Path file) {
        withCopy(file, copy -> require(file, copy));
    }

    private interface Use<T> {
        T of(Path copy) throws IOException;
    }

    /// Does something with a copy of a jar that nobody else writes to.
    private static <T> T withCopy(Path file, Use<T> use) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(
                    Files.isDirectory(file) ? file + " is a folder; name the jar" : "there is no file " + file);
        }
        Path copy;
        try {
            copy = Files.createTempFile("limber-", ".jar");
        } catch (IOException full) {
            throw new UsageException("there is no room for a copy of " + file + ": " + Failures.described(full));
        }
        try {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            return use.of(copy);
        } catch (IOException unreadable) {
            throw new UsageException(file + " cannot be copied: " + Failures.described(unreadable));
        } finally {
            copy.toFile().delete();
        }
    }

    /// A jar that would not be refused.
    ///
    /// @param waiting what it waits for; empty where for nothing
    private record Sound(Jar jar, String waiting) {}

    private Sound require(Path file, Path copy) {
        try {
            Jar jar = Examination.of(copy, trust);
            shipped.objection(jar).ifPresent(objection -> {
                throw new UsageException(objection);
            });
            return new Sound(jar, waitsFor(jar));
        } catch (UsageException refusal) {
            throw new UsageException(
                    FileNames.shown(file) + " is refused: " + Failures.oneLine(refusal.getMessage()));
        }
    }

    /// Starts a jar and takes it away again.
    ///
    /// @return what it waits for; empty where for nothing
    private String waitsFor(Jar jar) {
        try {
            installation.tryOut(jar);
            return "";
        } catch (Refusal refusal) {
            if (refusal.kind() != Refusal.Kind.WAITING) {
                throw new UsageException(refusal.getMessage());
            }
            return Failures.oneLine(refusal.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UsageException("its examination was interrupted");
        }
    }

    @Override
    public Placement deploy(Path file, Path target, boolean older) {
        return withCopy(file, copy -> {
            Sound sound = require(file, copy);
            return new Placement(new FolderContents(target).put(sound.jar(), file, older), sound.waiting());
        });
    }

    @Override
    public List<Path> undeploy(String name, Path target) {
        try {
            return new FolderContents(target).takeOut(name);
        } catch (IOException failed) {
            throw new UsageException(name + " cannot be taken out of " + target + ": " + Failures.described(failed));
        }
    }

    @Override
    public List<String> why(String name) {
        try {
            return new Explanation(context, components, this,
                    catalogs.stream().flatMap(catalog -> catalog.leftOut().stream()).toList()).of(name);
        } catch (UncheckedIOException unreadable) {
            throw new UsageException(unreadable.getMessage());
        }
    }
}
