package dev.limber.deploy;

import dev.limber.api.deploy.DeployedBundle.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What has been found in the folder. A file may have two jars for a while: the one that runs and the one that has been
/// written over it. Thread-safe.
final class Inventory {

    /// A file that no bundle can be read from.
    ///
    /// @param reason one line
    /// @param since when
    record Unusable(String reason, Instant since) {}

    private final Map<Jar, Entry> entries = new LinkedHashMap<>();
    private final Map<Path, Unusable> unusable = new TreeMap<>();

    synchronized void put(Entry entry) {
        entries.put(entry.jar(), entry);
        unusable.remove(entry.file());
    }

    synchronized void remove(Jar jar) {
        entries.remove(jar);
    }

    synchronized Optional<Entry> of(Jar jar) {
        return Optional.ofNullable(entries.get(jar));
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /// The jars that are or were in a file, the newest last.
    synchronized List<Entry> of(Path file) {
        return entries.values().stream().filter(entry -> entry.file().equals(file)).toList();
    }

    /// The version of a bundle that runs.
    synchronized Optional<Entry> active(String name) {
        return entries.values().stream().filter(entry -> entry.active() && entry.jar().name().equals(name)).findFirst();
    }

    /// The other versions of a bundle that could run, newest first.
    synchronized List<Entry> leftOut(String name) {
        return entries.values().stream()
                .filter(entry -> entry.state() == State.LEFT_OUT && entry.jar().name().equals(name))
                .sorted(Comparator.comparing((Entry entry) -> entry.jar().version()).reversed()).toList();
    }

    /// @return true where that is news
    synchronized boolean unusable(Path file, String reason) {
        Unusable before = unusable.get(file);
        if (before != null && before.reason().equals(reason)) {
            return false;
        }
        unusable.put(file, new Unusable(reason, Instant.now()));
        return true;
    }

    synchronized void usable(Path file) {
        unusable.remove(file);
    }

    /// Files that no bundle can be read from.
    synchronized Map<Path, Unusable> unusable() {
        return Map.copyOf(unusable);
    }
}
