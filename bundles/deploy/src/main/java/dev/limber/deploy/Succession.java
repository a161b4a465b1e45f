package dev.limber.deploy;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.deploy.PluginUser;
import dev.limber.api.deploy.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/// Decides which version of a bundle runs, and has it take over from the one before: of all that lie in the folder, the
/// newest that works. Called on one thread at a time for each bundle's name.
final class Succession {

    private final Inventory inventory;
    private final Installation installation;
    private final Shipped shipped;
    private final Supplier<List<PluginUser>> users;
    private final Rejects rejects;

    /// @param users who has a say
    Succession(Inventory inventory, Installation installation, Shipped shipped, Supplier<List<PluginUser>> users,
            Rejects rejects) {
        this.inventory = inventory;
        this.installation = installation;
        this.shipped = shipped;
        this.users = users;
        this.rejects = rejects;
    }

    /// Decides about a jar that has arrived, or has waited.
    ///
    /// @return true where something new is active
    boolean consider(Entry entry) throws InterruptedException {
        Optional<String> objection = objection(entry,
                inventory.active(entry.jar().name()).filter(active -> !active.file().equals(entry.file())));
        if (objection.isPresent()) {
            inventory.put(entry.without(State.LEFT_OUT, objection.get()));
            rejects.tell(entry.file(), "is left out: " + objection.get());
            return false;
        }
        return install(entry);
    }

    /// Why a jar is not even tried.
    ///
    /// @param rival what runs, out of another file that stays
    private Optional<String> objection(Entry entry, Optional<Entry> rival) {
        Jar jar = entry.jar();
        if (rival.isPresent()) {
            Jar other = rival.get().jar();
            int newer = jar.version().compareTo(other.version());
            if (newer < 0) {
                return Optional.of("it is older than " + other.version() + " in " + rival.get().fileName()
                        + "; remove that, or deploy this one with --older");
            }
            if (newer == 0) {
                return Optional.of(jar.sha256().equals(other.sha256())
                        ? "it is the same as " + rival.get().fileName()
                        : "it has the name and version of " + rival.get().fileName()
                                + "; raise its Bundle-Version, or replace that file");
            }
        }
        return shipped.objection(jar);
    }

    /// Installs a jar and has it take over.
    private boolean install(Entry entry) throws InterruptedException {
        Optional<Entry> old = inventory.active(entry.jar().name());
        Optional<Bundle> own = shipped.of(entry.jar().name());
        Bundle bundle;
        try {
            bundle = installation.install(entry.jar());
        } catch (Refusal refusal) {
            refused(entry, refusal);
            return false;
        }
        Entry tried = entry.onProbation(bundle);
        try {
            installation.start(bundle);
            takeOver(tried, old.flatMap(Entry::bundle).or(() -> own));
        } catch (Refusal refusal) {
            giveUp(tried);
            refused(entry, refusal);
            return false;
        }
        inventory.put(entry.active(bundle));
        if (old.isPresent()) {
            giveUp(old.get());
            if (old.get().file().equals(entry.file())) {
                inventory.remove(old.get().jar());
                discard(old.get().jar());
            } else {
                inventory.put(old.get().without(State.LEFT_OUT,
                        entry.jar().version() + " in " + entry.fileName() + " is newer"));
            }
        }
        if (own.isPresent()) {
            shipped.standBy(own.get());
        }
        return true;
    }

    /// Has the users change over to what is installed.
    ///
    /// @param old what is to be replaced
    private void takeOver(Entry entry, Optional<Bundle> old) throws Refusal, InterruptedException {
        inventory.put(entry);
        Optional<Bundle> engine = old.filter(Succession::runningEngine);
        engine.ifPresent(this::stop);
        try {
            ask(entry.arrival());
        } catch (Refusal refusal) {
            engine.ifPresent(this::restart);
            throw refusal;
        }
    }

    /// True for a physics engine, which is bound by the factories of environments and not by experiments: it must have
    /// stopped before there are factories with another one that experiments can change over to.
    private static boolean runningEngine(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE && Shipped.engine(bundle);
    }

    private void stop(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException failed) {
            rejects.tell(bundle.getSymbolicName() + " did not stop cleanly: " + Failures.line(failed));
        }
    }

    private void ask(Arrival arrival) throws Refusal, InterruptedException {
        for (PluginUser user : users.get()) {
            Verdict verdict;
            try {
                verdict = user.takeOver(arrival);
            } catch (RuntimeException | Error thrown) {
                throw new Refusal(Refusal.Kind.BROKEN, "it cannot take over: " + Failures.described(thrown));
            }
            if (!verdict.accepted()) {
                throw new Refusal(Refusal.Kind.REFUSED_BY_USERS, verdict.reason());
            }
        }
    }

    /// Takes a bundle away, once nobody uses it any more.
    private void giveUp(Entry entry) throws InterruptedException {
        Bundle bundle = entry.bundle().orElseThrow();
        if (runningEngine(bundle)) {
            stop(bundle);
        }
        for (PluginUser user : users.get()) {
            user.release(entry.arrival());
        }
        installation.retire(bundle);
    }

    private void refused(Entry entry, Refusal refusal) {
        String reason = Failures.oneLine(refusal.getMessage());
        if (refusal.kind() == Refusal.Kind.WAITING) {
            // What it waits for may come. Until then what ran before goes on.
            boolean told = entry.state() == State.WAITING && entry.reason().equals(reason);
            inventory.put(entry.without(State.WAITING, reason));
            if (!told) {
                rejects.tell(entry.file(), "waits: " + reason);
            }
            return;
        }
        if (refusal.kind() == Refusal.Kind.BROKEN) {
            rejects.tell(entry.file(), "is refused: " + reason);
        }
        inventory.remove(entry.jar());
        rejects.quarantine(entry.file(), entry.jar(), reason);
        discard(entry.jar());
    }

    /// Gives up a jar that is no longer in the folder.
    void depart(Jar jar) throws InterruptedException {
        Optional<Entry> entry = inventory.of(jar);
        if (entry.isPresent() && entry.get().active()) {
            withdraw(entry.get());
        }
        inventory.remove(jar);
        discard(jar);
    }

    /// The newest one that is left takes over; where there is none, what needs it waits.
    private void withdraw(Entry entry) throws InterruptedException {
        String name = entry.jar().name();
        boolean replaced = false;
        for (Entry left : inventory.leftOut(name)) {
            replaced = replaced || objection(left, Optional.empty()).isEmpty() && install(left);
        }
        if (!replaced) { // which would have given this one up
            try {
                shipped.wake(name);
            } catch (BundleException failure) {
                tellSleeping(name, failure);
            }
            giveUp(entry);
        }
    }

    private void restart(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException failure) {
            tellSleeping(bundle.getSymbolicName(), failure);
        }
    }

    private void tellSleeping(String name, BundleException failure) {
        rejects.tell(name + ", which was replaced, does not start again: " + Failures.line(failure));
    }

    private static void discard(Jar jar) {
        jar.file().toFile().delete();
    }
}
