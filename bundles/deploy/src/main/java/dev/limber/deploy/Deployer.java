package dev.limber.deploy;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.deploy.PluginUser;
import dev.limber.api.deploy.Verdict;
import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/// Makes what runs follow what lies in the folder: of each bundle, the newest version that works.
///
/// All work is done on one thread; [#entries] may be read on any.
final class Deployer {

    private static final String ENGINE = "dev.limber.api.physics.PhysicsEngine";

    private final BundleContext context;
    private final Path folder;
    private final Path staging;
    private final Trust trust;
    private final WatchedFolder watched;
    private final Quarantine quarantine;
    private final Installation installation;
    private final Supplier<List<PluginUser>> users;
    private final Consumer<String> told;
    private final Map<Path, Entry> entries = new TreeMap<>();
    /// Bundles that came with Limber and are stopped because another version was deployed, by symbolic name.
    private final Map<String, Bundle> standby = new HashMap<>();
    private long staged;

    /// @param staging a folder of its own
    /// @param users who has a say
    /// @param told hears one line of each jar that is not taken
    Deployer(BundleContext context, Path folder, Path staging, Trust trust, Installation installation,
            Supplier<List<PluginUser>> users, Consumer<String> told) {
        this.context = context;
        this.folder = folder;
        this.staging = staging;
        this.trust = trust;
        this.installation = installation;
        this.users = users;
        this.told = told;
        watched = new WatchedFolder(folder);
        quarantine = new Quarantine(folder);
    }

    /// The jars in the folder.
    List<Entry> entries() {
        synchronized (entries) {
            return List.copyOf(entries.values());
        }
    }

    Quarantine quarantine() {
        return quarantine;
    }

    /// Looks at the folder once and does what follows.
    ///
    /// @return false where some file is still being written
    boolean look() throws InterruptedException {
        WatchedFolder.Look look = watched.look();
        boolean changed = false;
        for (Path file : look.arrived()) {
            changed |= arrive(file);
        }
        for (Path file : look.gone()) {
            depart(file);
        }
        if (changed) {
            retryWaiting();
        }
        return !look.unstable();
    }

    /// @return true where something new is active
    private boolean arrive(Path file) throws InterruptedException {
        Path copy = staging.resolve(staged++ + ".jar");
        Jar jar;
        try {
            Files.createDirectories(staging);
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            jar = Examination.of(copy, trust);
        } catch (NoSuchFileException gone) {
            watched.again(file);
            return false;
        } catch (IOException unreadable) {
            leaveOut(file, "it cannot be read: " + unreadable.getMessage());
            return false;
        } catch (UsageException refusal) {
            if (watched.unchanged(file)) {
                tell(file, "is refused: " + refusal.getMessage());
                quarantine(file, copy, entry(file), refusal.getMessage());
            } else {
                watched.again(file); // it was still being written
            }
            copy.toFile().delete();
            return false;
        }
        if (!watched.unchanged(file)) {
            watched.again(file);
            return false;
        }
        Optional<Entry> before = entry(file);
        if (before.isPresent() && before.get().jar().sha256().equals(jar.sha256())) {
            discard(jar);
            return false;
        }
        return consider(file, jar, before);
    }

    private static void discard(Jar jar) {
        jar.file().toFile().delete();
    }

    /// Decides whether a jar is what should run.
    private boolean consider(Path file, Jar jar, Optional<Entry> before) throws InterruptedException {
        Optional<Entry> rival = entries().stream().filter(each -> each.active() && !each.file().equals(file)
                && each.jar().name().equals(jar.name())).findFirst();
        if (rival.isPresent()) {
            Jar other = rival.get().jar();
            int newer = jar.version().compareTo(other.version());
            if (newer < 0) {
                return leave(file, jar, before, "it is older than " + other.version() + " in "
                        + rival.get().fileName() + "; remove that, or deploy this one with --older");
            }
            if (newer == 0) {
                return leave(file, jar, before, jar.sha256().equals(other.sha256())
                        ? "it is the same as " + rival.get().fileName()
                        : "it has the name and version of " + rival.get().fileName()
                                + "; raise its Bundle-Version, or replace that file");
            }
        }
        Optional<Bundle> own = builtIn(jar.name());
        if (own.isPresent()) {
            if (jar.version().compareTo(own.get().getVersion()) < 0) {
                return leave(file, jar, before, "it is older than " + own.get().getVersion()
                        + ", which came with Limber");
            }
            if (!plugin(own.get())) {
                return leave(file, jar, before, jar.name() + " is a part of Limber that cannot be replaced while it "
                        + "runs");
            }
        }
        return install(file, jar, before, rival.or(() -> before.filter(Entry::active)), own);
    }

    private boolean leave(Path file, Jar jar, Optional<Entry> before, String reason) throws InterruptedException {
        put(Entry.of(file, jar, State.LEFT_OUT, reason, Optional.empty()));
        tell(file, "is left out: " + reason);
        if (before.isPresent() && before.get().active()) {
            giveUp(before.get());
        }
        return false;
    }

    /// A bundle that came with Limber.
    private Optional<Bundle> builtIn(String name) {
        for (Bundle bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName()) && !bundle.getLocation().startsWith("limber-deploy:")) {
                return Optional.of(bundle);
            }
        }
        return Optional.empty();
    }

    /// True for a bundle that offers plug-ins, and for one that did before it was replaced.
    private boolean plugin(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            if (service.getProperty("limber.name") != null) {
                return true;
            }
        }
        return standby.containsValue(bundle);
    }

    /// Installs a jar and has it take over.
    ///
    /// @param old what is to be replaced
    /// @param own what came with Limber under that name
    private boolean install(Path file, Jar jar, Optional<Entry> before, Optional<Entry> old, Optional<Bundle> own)
            throws InterruptedException {
        Entry taken;
        try {
            Bundle bundle = installation.start(jar);
            taken = Entry.of(file, jar, State.ACTIVE, "", Optional.of(bundle));
            put(Entry.of(file, jar, State.ON_PROBATION, "", Optional.of(bundle)));
            Optional<Bundle> stopped = stopEngine(bundle, old.flatMap(Entry::bundle).or(() -> own));
            try {
                ask(taken.arrival());
            } catch (Refusal refusal) {
                before.ifPresentOrElse(this::put, () -> remove(file));
                if (stopped.isPresent()) {
                    restart(stopped.get());
                }
                installation.retire(bundle);
                throw refusal;
            }
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.WAITING) {
                await(file, jar, before, refusal.getMessage());
                return false;
            }
            if (refusal.kind() == Refusal.Kind.BROKEN) {
                tell(file, "is refused: " + refusal.getMessage());
            }
            quarantine(file, jar.file(), before, refusal.getMessage());
            discard(jar);
            return false;
        }
        put(taken);
        if (old.isPresent()) {
            installation.retire(old.get().bundle().orElseThrow());
            if (old.get().file().equals(file)) {
                discard(old.get().jar());
            } else {
                put(Entry.of(old.get().file(), old.get().jar(), State.LEFT_OUT,
                        jar.version() + " in " + file.getFileName() + " is newer", Optional.empty()));
            }
        }
        if (before.isPresent() && before.get().active() && before.get() != old.orElse(null)) {
            giveUp(before.get()); // the file held another bundle
        }
        if (own.isPresent() && !standby.containsKey(jar.name())) {
            standby.put(jar.name(), own.get());
            installation.stop(own.get());
        }
        return true;
    }

    /// A physics engine is bound by the factories of environments, not by experiments: the old one must go before there are
    /// factories with the new one that experiments can change over to.
    ///
    /// @return what has been stopped
    private Optional<Bundle> stopEngine(Bundle incoming, Optional<Bundle> old) {
        boolean engine = false;
        ServiceReference<?>[] services = incoming.getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            engine |= List.of((String[]) service.getProperty(Constants.OBJECTCLASS)).contains(ENGINE);
        }
        if (!engine || old.isEmpty() || old.get().getState() != Bundle.ACTIVE) {
            return Optional.empty();
        }
        try {
            old.get().stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException failed) {
            told.accept(old.get().getSymbolicName() + " did not stop cleanly: " + Failures.line(failed));
        }
        return old;
    }

    private void ask(Arrival arrival) throws Refusal, InterruptedException {
        var agreed = new ArrayList<PluginUser>();
        for (PluginUser user : users.get()) {
            Verdict verdict = user.takeOver(arrival);
            if (!verdict.accepted()) {
                for (PluginUser other : agreed) {
                    other.release(arrival);
                }
                throw new Refusal(Refusal.Kind.REFUSED_BY_USERS, verdict.reason());
            }
            agreed.add(user);
        }
    }

    /// What a jar waits for may come. Until then what ran before goes on.
    private void await(Path file, Jar jar, Optional<Entry> before, String reason) throws InterruptedException {
        boolean told = before.filter(each -> each.state() == State.WAITING && each.reason().equals(reason)).isPresent();
        put(Entry.of(file, jar, State.WAITING, reason, Optional.empty()));
        if (!told) {
            tell(file, "waits: " + reason);
        }
        if (before.isPresent() && before.get().active()) {
            // The older one lay in the same file. It runs on as long as the newer one waits.
            put(Entry.of(file, before.get().jar(), State.ACTIVE, "", before.get().bundle()));
            discard(jar);
        }
    }

    private void retryWaiting() throws InterruptedException {
        boolean again = true;
        while (again) {
            again = false;
            for (Entry entry : entries()) {
                if (entry.state() == State.WAITING) {
                    again |= consider(entry.file(), entry.jar(), Optional.of(entry));
                }
            }
        }
    }

    /// Moves a refused jar away. Where somebody has replaced it meanwhile, the new one stays.
    ///
    /// @param copy of the jar as it was examined
    private void quarantine(Path file, Path copy, Optional<Entry> before, String reason) {
        try {
            if (watched.unchanged(file)) {
                quarantine.take(file, file.getFileName().toString(), reason);
                watched.forget(file);
            } else {
                quarantine.take(copy, file.getFileName().toString(), reason);
                watched.again(file);
            }
        } catch (IOException stays) {
            tell(file, "cannot be moved to quarantine: " + stays.getMessage());
        }
        if (before.isEmpty() || !before.get().active()) {
            remove(file);
        } else if (!Files.exists(file)) {
            putBack(before.get());
        }
    }

    /// The refused jar had overwritten the one that runs: the folder gets that one back.
    private void putBack(Entry entry) {
        try {
            Path temporary = entry.file().resolveSibling("." + entry.fileName() + ".tmp");
            Files.copy(entry.jar().file(), temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.move(temporary, entry.file(), StandardCopyOption.ATOMIC_MOVE);
            watched.know(entry.file());
        } catch (IOException failed) {
            tell(entry.file(), "cannot be put back: " + failed.getMessage());
        }
    }

    private void leaveOut(Path file, String reason) {
        tell(file, "is left out: " + reason);
    }

    private void depart(Path file) throws InterruptedException {
        Optional<Entry> entry = entry(file);
        remove(file);
        if (entry.isPresent() && entry.get().active()) {
            giveUp(entry.get());
        } else {
            entry.ifPresent(each -> discard(each.jar()));
        }
    }

    /// Withdraws a bundle whose jar is no longer in the folder. The newest one that is left takes over; where there is none,
    /// what needs it waits.
    private void giveUp(Entry entry) throws InterruptedException {
        String name = entry.jar().name();
        boolean replaced = entries().stream().anyMatch(each -> each.active() && each.jar().name().equals(name));
        if (!replaced) {
            List<Entry> left = entries().stream()
                    .filter(each -> each.jar().name().equals(name) && each.state() == State.LEFT_OUT)
                    .sorted(Comparator.comparing((Entry each) -> each.jar().version()).reversed()).toList();
            for (Entry each : left) {
                if (install(each.file(), each.jar(), Optional.of(each), Optional.empty(), Optional.empty())) {
                    replaced = true;
                    break;
                }
            }
        }
        if (!replaced && standby.containsKey(name)) {
            restart(standby.remove(name));
        }
        for (PluginUser user : users.get()) {
            user.release(entry.arrival());
        }
        installation.retire(entry.bundle().orElseThrow());
        discard(entry.jar());
    }

    private void restart(Bundle bundle) throws InterruptedException {
        try {
            bundle.start();
            ask(new Arrival(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion().toString(), ""));
        } catch (BundleException | Refusal failure) {
            told.accept(bundle.getSymbolicName() + ", which came with Limber, does not take over again: "
                    + Failures.line(failure));
        }
    }

    private void tell(Path file, String line) {
        told.accept(folder.getFileName() + "/" + file.getFileName() + " " + line);
    }

    private Optional<Entry> entry(Path file) {
        synchronized (entries) {
            return Optional.ofNullable(entries.get(file));
        }
    }

    private void put(Entry entry) {
        synchronized (entries) {
            entries.put(entry.file(), entry);
        }
    }

    private void remove(Path file) {
        synchronized (entries) {
            entries.remove(file);
        }
    }
}
