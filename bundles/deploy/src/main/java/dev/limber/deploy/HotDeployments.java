package dev.limber.deploy;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.deploy.Deployments;
import dev.limber.api.deploy.PluginUser;
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
    private final Inventory inventory = new Inventory();
    private final Quarantine quarantine;
    private final Deployer deployer;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final long interval;
    private volatile boolean watching;
    /// What jars wait for may come with Limber's own bundles too.
    private final BundleListener retrying = this::started;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<PluginUser> users = List.of();

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
        interval = milliseconds(INTERVAL, 100);
        quarantine = new Quarantine(folder);
        var watched = new WatchedFolder(folder, milliseconds(QUIET, 2_000));
        Bundle framework = context.getBundle(0);
        var rejects = new Rejects(folder, watched, quarantine, inventory,
                () -> (framework.getState() & (Bundle.STARTING | Bundle.ACTIVE)) == 0, this::tell);
        var succession = new Succession(inventory, installation, new Shipped(context, installation), () -> users,
                rejects);
        deployer = new Deployer(context.getDataFile("jars").toPath(), trust, watched, inventory, rejects, succession);
        try {
            begin(2 * patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        watching = true;
        context.addBundleListener(retrying);
        thread = Thread.ofPlatform().daemon(true).name("limber-deploy").start(this::watch);
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

    private void started(BundleEvent event) {
        if (event.getType() == BundleEvent.STARTED && !Installation.deployed(event.getBundle())) {
            deployer.retry();
        }
    }

    @Deactivate
    void end() throws InterruptedException {
        watching = false;
        context.removeBundleListener(retrying);
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

    /// Throws where a jar would be refused. One that waits for others is not.
    private Jar require(Path file, Path copy) {
        String refused = FileNames.shown(file) + " is refused: ";
        Jar jar;
        try {
            jar = Examination.of(copy, trust);
        } catch (UsageException refusal) {
            throw new UsageException(refused + Failures.oneLine(refusal.getMessage()));
        }
        try {
            installation.tryOut(jar);
            return jar;
        } catch (Refusal refusal) {
            if (refusal.kind() != Refusal.Kind.WAITING) {
                throw new UsageException(refused + Failures.oneLine(refusal.getMessage()));
            }
            return jar;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UsageException("the examination of " + file + " was interrupted");
        }
    }

    @Override
    public Path deploy(Path file, Path target, boolean older) {
        return withCopy(file, copy -> new FolderContents(target).put(require(file, copy), file, older));
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
            return new Explanation(context, components, this).of(name);
        } catch (UncheckedIOException unreadable) {
            throw new UsageException(unreadable.getMessage());
        }
    }
}
