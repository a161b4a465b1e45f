package dev.limber.deploy;

import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;

/// Makes what runs follow what lies in the folder: reads what arrives there, and has it decided about bundle by bundle.
///
/// The folder is looked at on one thread. What concerns one bundle is done there one after another.
final class Deployer implements AutoCloseable {

    private final Path staging;
    private final Trust trust;
    private final WatchedFolder watched;
    private final Inventory inventory;
    private final Rejects rejects;
    private final Succession succession;
    private final Lanes lanes;
    private final AtomicLong staged = new AtomicLong();
    private volatile boolean retry;

    /// @param staging a folder of its own
    Deployer(Path staging, Trust trust, WatchedFolder watched, Inventory inventory, Rejects rejects,
            Succession succession) {
        this.staging = staging;
        this.trust = trust;
        this.watched = watched;
        this.inventory = inventory;
        this.rejects = rejects;
        this.succession = succession;
        lanes = new Lanes(bug -> rejects.tell("a deployment could not be ended: " + Failures.described(bug)));
    }

    /// Looks at the folder once and sets off what follows.
    ///
    /// @return false where some file may still be being written
    boolean look() {
        WatchedFolder.Look look = watched.look();
        for (Path file : look.arrived()) {
            try {
                arrive(file);
            } catch (RuntimeException | LinkageError bug) { // the others must not suffer from it
                rejects.tell(file, "cannot be dealt with: " + Failures.described(bug));
            }
        }
        look.gone().forEach(this::depart);
        if (retry) {
            retry = false;
            retryWaiting();
        }
        return !watched.doubts();
    }

    /// Tries again what waits, in the next look: what it waits for may have come.
    void retry() {
        retry = true;
    }

    /// Has bundles take over from themselves, since what they are wired to is gone: they are wired to what is there now, or
    /// wait where that does not fit.
    void renew(List<Bundle> bundles) {
        for (Entry entry : inventory.entries()) {
            if (entry.bundle().filter(bundles::contains).isPresent()) {
                lanes.run(entry.jar().name(), () -> renew(entry.jar()));
            }
        }
    }

    private void renew(Jar jar) throws InterruptedException {
        Optional<Entry> old = inventory.of(jar).filter(Entry::active);
        // Where something else is in the file by now, that is about to take over.
        if (old.isEmpty() || !inventory.of(old.get().file()).getLast().equals(old.get())) {
            return;
        }
        Path file = old.get().file();
        var copy = new Jar(place(), jar.name(), jar.version(), jar.sha256());
        try {
            Files.copy(jar.file(), copy.file());
        } catch (IOException failed) {
            rejects.tell(file, "cannot be installed anew: " + Failures.described(failed));
            return;
        }
        Entry anew = Entry.queued(file, copy);
        inventory.put(anew);
        consider(anew);
        if (inventory.of(copy).filter(entry -> entry.state() == State.WAITING).isPresent()) {
            succession.depart(jar);
        }
    }

    /// Waits until all that was set off has been decided, or for so long [ms].
    void awaitRest(long longest) throws InterruptedException {
        lanes.awaitRest(longest);
    }

    private void arrive(Path file) {
        if (!Files.isRegularFile(file)) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                unusable(file, Files.isDirectory(file)
                        ? "it is a folder; put the jar itself there"
                        : Files.isSymbolicLink(file) ? "it is a link to nothing" : "it is no file");
            }
            return;
        }
        if (trust.hindrance().isPresent()) {
            unusable(file, trust.hindrance().get());
            return;
        }
        Path copy = place();
        try {
            EndRecord.require(file); // saves copying what is still being written
            Files.createDirectories(staging);
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Jar jar = Examination.of(copy, trust);
            if (watched.unchanged(file)) {
                arrive(file, jar);
            } else {
                copy.toFile().delete();
                watched.again(file);
            }
        } catch (NoSuchFileException gone) {
            watched.again(file);
        } catch (IOException unreadable) {
            copy.toFile().delete();
            unusable(file, "it cannot be read: " + Failures.described(unreadable));
            watched.again(file);
        } catch (UsageException refusal) {
            refuse(file, copy, Failures.oneLine(refusal.getMessage()));
            copy.toFile().delete();
        }
    }

    /// Where to keep a copy.
    private Path place() {
        return staging.resolve(staged.getAndIncrement() + ".jar");
    }

    private void unusable(Path file, String reason) {
        if (inventory.unusable(file, reason)) {
            rejects.tell(file, "is left out: " + reason);
        }
    }

    /// Refuses what is no sound jar, when nobody writes to it any more.
    private void refuse(Path file, Path copy, String reason) {
        if (!watched.quiet(file) || !watched.unchanged(file) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            watched.doubt(file);
            return;
        }
        rejects.tell(file, "is refused: " + reason);
        inventory.usable(file);
        rejects.quarantine(file, reason);
    }

    private void arrive(Path file, Jar jar) {
        List<Entry> there = inventory.of(file);
        if (!there.isEmpty() && there.getLast().jar().sha256().equals(jar.sha256())) {
            jar.file().toFile().delete();
            return;
        }
        inventory.put(Entry.queued(file, jar));
        lanes.run(jar.name(), () -> take(file, jar));
    }

    private void take(Path file, Jar jar) throws InterruptedException {
        List<Entry> there = inventory.of(file);
        if (there.isEmpty() || !there.getLast().jar().equals(jar)) { // it has been removed or written over meanwhile
            succession.depart(jar);
            return;
        }
        consider(there.getLast());
    }

    private void consider(Entry entry) throws InterruptedException {
        if (succession.consider(entry)) {
            retry();
        }
        State state = inventory.of(entry.jar()).map(Entry::state).orElse(State.QUARANTINED);
        if (state == State.ACTIVE || state == State.LEFT_OUT) {
            // What the file held before is no longer in the folder.
            inventory.of(entry.file()).stream().takeWhile(each -> !each.jar().equals(entry.jar()))
                    .forEach(each -> lanes.run(each.jar().name(), () -> succession.depart(each.jar())));
        }
    }

    private void retryWaiting() {
        for (Entry entry : inventory.entries()) {
            if (entry.state() == State.WAITING) {
                lanes.run(entry.jar().name(), () -> {
                    Entry now = inventory.of(entry.jar()).orElse(entry.without(State.LEFT_OUT, ""));
                    if (now.state() == State.WAITING) {
                        consider(now);
                    }
                });
            }
        }
    }

    private void depart(Path file) {
        inventory.usable(file);
        List<Entry> there = inventory.of(file);
        if (there.stream().anyMatch(Entry::active)) {
            rejects.elsewhere(file).ifPresent(
                    reason -> rejects.tell(file, "is given up, another process has refused it: " + reason));
        }
        for (Entry entry : there) {
            if (entry.state() == State.WAITING) {
                inventory.remove(entry.jar());
            }
            lanes.run(entry.jar().name(), () -> succession.depart(entry.jar()));
        }
    }

    @Override
    public void close() {
        lanes.close();
    }
}
