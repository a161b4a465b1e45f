package dev.limber.launcher.gui.model;

import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.gui.Journaled;
import dev.limber.api.gui.MetricTable;
import dev.limber.api.gui.Run;
import dev.limber.launcher.gui.priority.GivingWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks at the running experiments and at the files of runs, on a thread of its own. What it finds are the files that
/// any other tool would read, so that watching costs training nothing.
final class RunWatch {

    /// Hears what was found. Called on the watch's thread.
    interface Listener {

        /// A run has come, gone or got on.
        void runs(List<Run> runs);

        /// There are new rows.
        void metrics(Path folder, MetricTable table);

        /// Something happened to a running experiment.
        void journaled(Journaled entry);

        /// The journal of a run that is followed has grown.
        void journal(Path folder, List<Journaled> entries);
    }

    private static final long LOOK_MILLIS = 100;
    private static final int LOOKS_PER_SCAN = 10;

    private final Experiments experiments;
    private final Path runsFolder;
    private final Listener listener;
    private final Thread thread;
    private volatile Set<Path> followed = Set.of();

    // Everything below belongs to the thread.
    private final Map<Path, RunFiles> files = new HashMap<>();
    private final Map<Path, MetricTail> metrics = new HashMap<>();
    private final Map<Path, Integer> journalSizes = new HashMap<>();
    private final Set<Path> elsewhere = new LinkedHashSet<>();
    private final Set<Path> journaled = new LinkedHashSet<>();
    private List<Run> last = List.of();

    RunWatch(Experiments experiments, Path runsFolder, Listener listener) {
        this.experiments = experiments;
        this.runsFolder = runsFolder;
        this.listener = listener;
        thread = Thread.ofPlatform().daemon(true).name("limber-gui-runs").unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    /// Says whose metrics are wanted. Any thread.
    void follow(Set<Path> folders) {
        followed = Set.copyOf(folders);
    }

    private void watch() {
        GivingWay.ENTIRELY.begin();
        try {
            for (int look = 0; !Thread.interrupted(); look++) {
                look(look % LOOKS_PER_SCAN == 0);
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException ended) {
            // as was asked for
        }
    }

    private void look(boolean scan) {
        var live = new HashMap<Path, Experiment>();
        for (Experiment experiment : experiments.running()) {
            live.put(experiment.run().toAbsolutePath().normalize(), experiment);
        }
        elsewhere.addAll(live.keySet());
        if (scan) {
            scan();
        }
        for (Path folder : live.keySet()) {
            files.computeIfAbsent(folder, RunFiles::new);
            journaled.add(folder);
        }
        var runs = new ArrayList<Run>();
        files.forEach((folder, each) -> {
            // A run that has just ended has written its last lines.
            if (scan || live.containsKey(folder) || journaled.contains(folder)) {
                each.read().stream().filter(entry -> journaled.contains(folder)).forEach(listener::journaled);
            }
            runs.add(each.run(Optional.ofNullable(live.get(folder))));
        });
        journaled.retainAll(live.keySet());
        runs.sort(Comparator.comparing(Run::created).reversed().thenComparing(Run::name));
        if (!runs.equals(last)) {
            last = List.copyOf(runs);
            listener.runs(last);
        }
        readMetrics();
        tellJournals();
    }

    private void tellJournals() {
        journalSizes.keySet().retainAll(followed);
        for (Path folder : followed) {
            RunFiles run = files.get(folder);
            if (run != null) {
                List<Journaled> entries = run.journal();
                if (journalSizes.getOrDefault(folder, -1) != entries.size()) {
                    journalSizes.put(folder, entries.size());
                    listener.journal(folder, entries);
                }
            }
        }
    }

    private void scan() {
        var found = new LinkedHashSet<Path>(elsewhere);
        if (Files.isDirectory(runsFolder)) {
            try (Stream<Path> folders = Files.list(runsFolder)) {
                folders.map(folder -> folder.toAbsolutePath().normalize()).forEach(found::add);
            } catch (IOException | UncheckedIOException vanished) {
                return; // the next scan sees what is there
            }
        }
        found.removeIf(folder -> !RunFiles.present(folder));
        files.keySet().retainAll(found);
        found.forEach(folder -> files.computeIfAbsent(folder, RunFiles::new));
    }

    private void readMetrics() {
        Set<Path> wanted = followed;
        metrics.keySet().retainAll(wanted);
        for (Path folder : wanted) {
            try {
                metrics.computeIfAbsent(folder, MetricTail::new).read()
                        .ifPresent(table -> listener.metrics(folder, table));
            } catch (IOException unreadable) {
                metrics.remove(folder); // and is read anew at the next look
            }
        }
    }
}
