package dev.limber.launcher.gui.model;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.Deployments;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.gui.BundlesChanged;
import dev.limber.api.gui.JournalRead;
import dev.limber.api.gui.Journaled;
import dev.limber.api.gui.MetricTable;
import dev.limber.api.gui.MetricsRead;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.RunSelected;
import dev.limber.api.gui.RunsChanged;
import dev.limber.api.gui.RunsCompared;
import dev.limber.launcher.gui.priority.NormalThreads;
import java.awt.EventQueue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// What all panels share. Belongs to the EDT; everything that changes is told by an event.
public final class WindowModel implements AutoCloseable {

    private final EventBus bus = new EventBus();
    private final NormalThreads threads;
    private final RunWatch watch;
    private final BundleWatch bundleWatch;
    private final AtomicReference<List<Run>> arriving = new AtomicReference<>();
    private final Map<Path, MetricTable> metrics = new HashMap<>();
    private final Map<Path, List<Journaled>> journals = new HashMap<>();
    private List<DeployedBundle> bundles = List.of();
    private List<Run> runs = List.of();
    private Optional<Path> selected = Optional.empty();
    private boolean selectedTold;
    private List<Path> compared = List.of();

    /// A model of the runs in a folder and of those that run in this process. It starts to look at once.
    ///
    /// @param threads for work in the background
    public WindowModel(Experiments experiments, Deployments deployments, Path runsFolder, NormalThreads threads) {
        this.threads = threads;
        watch = new RunWatch(experiments, runsFolder, new RunWatch.Listener() {
            @Override
            public void runs(List<Run> found) {
                if (arriving.getAndSet(found) == null) { // else the EDT has yet to take the last ones
                    EventQueue.invokeLater(WindowModel.this::takeRuns);
                }
            }

            @Override
            public void metrics(Path folder, MetricTable table) {
                EventQueue.invokeLater(() -> {
                    WindowModel.this.metrics.put(folder, table);
                    bus.publish(new MetricsRead(folder, table));
                });
            }

            @Override
            public void journaled(Journaled entry) {
                bus.publish(entry);
            }

            @Override
            public void journal(Path folder, List<Journaled> entries) {
                EventQueue.invokeLater(() -> {
                    journals.put(folder, entries);
                    bus.publish(new JournalRead(folder, entries));
                });
            }
        });
        watch.start();
        bundleWatch = new BundleWatch(deployments, found -> EventQueue.invokeLater(() -> {
            bundles = found;
            bus.publish(new BundlesChanged(found));
        }));
        bundleWatch.start();
    }

    @Override
    public void close() {
        watch.stop();
        bundleWatch.stop();
    }

    private void takeRuns() {
        runs = arriving.getAndSet(null);
        bus.publish(new RunsChanged(runs));
        boolean there = selected().isPresent();
        if (there && !selectedTold) { // selected as it started, before it was seen
            tellSelected();
        } else if (!there && selectedTold) { // its folder has gone
            select(Optional.empty());
        }
    }

    /// Where events come from.
    public EventBus bus() {
        return bus;
    }

    /// Threads for work in the background, which may be training.
    public NormalThreads threads() {
        return threads;
    }

    /// All runs, newest first.
    public List<Run> runs() {
        return runs;
    }

    /// The selected run.
    public Optional<Run> selected() {
        return selected.flatMap(folder -> runs.stream().filter(run -> run.folder().equals(folder)).findFirst());
    }

    /// Selects a run, or none.
    public void select(Optional<Path> folder) {
        if (!folder.equals(selected)) {
            selected = folder;
            follow();
            tellSelected();
        }
    }

    private void tellSelected() {
        selectedTold = selected().isPresent();
        bus.publish(new RunSelected(selected()));
    }

    /// The runs to overlay.
    public List<Path> compared() {
        return compared;
    }

    /// Sets the runs to overlay.
    public void compare(List<Path> folders) {
        compared = List.copyOf(folders);
        follow();
        bus.publish(new RunsCompared(compared));
    }

    /// The metrics of a run.
    public MetricTable metrics(Path folder) {
        return metrics.getOrDefault(folder, MetricTable.EMPTY);
    }

    /// What happened to a run.
    public List<Journaled> journal(Path folder) {
        return journals.getOrDefault(folder, List.of());
    }

    /// All bundles.
    public List<DeployedBundle> bundles() {
        return bundles;
    }

    private void follow() {
        var wanted = new HashSet<>(compared);
        selected.ifPresent(wanted::add);
        metrics.keySet().retainAll(wanted);
        journals.keySet().retainAll(wanted);
        watch.follow(wanted);
    }
}
