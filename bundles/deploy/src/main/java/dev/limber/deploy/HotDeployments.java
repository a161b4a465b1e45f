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

    private final BundleContext context;
    private final Path folder;
    private final Trust trust;
    private final Components components;
    private final Installation installation;
    private final Deployer deployer;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final long interval;
    private volatile boolean watching;

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
        installation = new Installation(context, components, milliseconds(PATIENCE, 10_000));
        interval = milliseconds(INTERVAL, 100);
        deployer = new Deployer(context, folder, context.getDataFile("jars").toPath(), trust, installation,
                () -> users, this::tell);
        try {
            for (int looks = 0; !deployer.look() && looks < 50; looks++) {
                Thread.sleep(interval);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        watching = true;
        thread = Thread.ofPlatform().daemon(true).name("limber-deploy").start(this::watch);
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
            } catch (RuntimeException | LinkageError bug) { // the folder is looked at again
                tell(folder.getFileName() + " could not be followed: " + bug);
            }
        }
    }

    @Deactivate
    void end() throws InterruptedException {
        watching = false;
        thread.interrupt();
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
        return List.copyOf(problems);
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
        List<Entry> entries = deployer.entries();
        entries.forEach(entry -> shown.add(entry.shown()));
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getBundleId() != 0 && entries.stream()
                    .noneMatch(entry -> entry.bundle().filter(bundle::equals).isPresent())
                    && !bundle.getLocation().startsWith("limber-deploy:")) {
                shown.add(builtIn(bundle, entries));
            }
        }
        deployer.quarantine().reasons().forEach((file, reason) -> shown.add(new DeployedBundle(file, "",
                State.QUARANTINED, time(deployer.quarantine().of(file)), "quarantine/" + file, "", reason)));
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

    private static Instant time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }

    @Override
    public void examine(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("there is no file " + file);
        }
        try {
            Path copy = Files.createTempFile("limber-", ".jar");
            try {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                installation.retire(installation.start(Examination.of(copy, trust)));
            } finally {
                Files.delete(copy);
            }
        } catch (Refusal refusal) {
            if (refusal.kind() != Refusal.Kind.WAITING) {
                throw new UsageException(file.getFileName() + " is refused: " + refusal.getMessage());
            }
        } catch (UsageException refusal) {
            throw new UsageException(file.getFileName() + " is refused: " + refusal.getMessage());
        } catch (IOException unreadable) {
            throw new UsageException(file + " cannot be read: " + unreadable.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UsageException("the examination of " + file + " was interrupted");
        }
    }

    @Override
    public Path deploy(Path file, Path target, boolean older) {
        examine(file);
        try {
            Jar jar = Examination.of(file, trust);
            List<Jar> versions = new FolderContents(target).jars().stream()
                    .filter(there -> there.name().equals(jar.name()))
                    .sorted(Comparator.comparing(Jar::version).reversed()).toList();
            List<Jar> newer = versions.stream().filter(there -> there.version().compareTo(jar.version()) > 0).toList();
            if (!newer.isEmpty() && !older) {
                throw new UsageException(jar.name() + " " + jar.version() + " is older than "
                        + newer.getFirst().version() + " in " + newer.getFirst().file().getFileName()
                        + "; deploy it with --older to go back");
            }
            // In the place of the newest or of an equal one in one step, so that nothing has to wait in between.
            Path place = versions.stream().filter(there -> there.version().compareTo(jar.version()) >= 0).findFirst()
                    .map(Jar::file).orElse(target.resolve(file.getFileName()));
            Files.createDirectories(target);
            Path arriving = target.resolve("." + place.getFileName() + ".arriving");
            Files.copy(file, arriving, StandardCopyOption.REPLACE_EXISTING);
            Files.move(arriving, place, StandardCopyOption.ATOMIC_MOVE);
            for (Jar there : newer) {
                if (!there.file().equals(place)) {
                    putAside(there.file(), target);
                }
            }
            return place;
        } catch (IOException failed) {
            throw new UsageException(file + " cannot be copied to " + target + ": " + failed.getMessage());
        }
    }

    private static Path putAside(Path file, Path target) throws IOException {
        Path kept = Files.createDirectories(target.resolve("undeployed")).resolve(file.getFileName());
        return Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public List<Path> undeploy(String name, Path target) {
        var removed = new ArrayList<Path>();
        try {
            for (Jar there : new FolderContents(target).jars()) {
                if (there.name().equals(name) || there.file().getFileName().toString().equals(name)) {
                    removed.add(putAside(there.file(), target));
                }
            }
        } catch (IOException failed) {
            throw new UsageException(name + " cannot be taken out of " + target + ": " + failed.getMessage());
        }
        if (removed.isEmpty()) {
            List<String> names = new FolderContents(target).jars().stream().map(Jar::name).distinct().toList();
            throw new UsageException("there is no bundle " + name + " in " + target + "; it has "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        return removed;
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
