package dev.limber.launcher.gui;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.gui.Journaled;
import dev.limber.api.gui.MetricTable;
import dev.limber.api.gui.MetricsRead;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.RunSelected;
import dev.limber.api.gui.RunsCompared;
import dev.limber.api.gui.Workbench;
import java.awt.EventQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// A workbench with runs and metrics that a test puts on it. EDT, as the real one.
public final class DeskWorkbench implements Workbench {

    private record Listener<E>(Class<E> type, Consumer<? super E> target) {
        void hear(Object event) {
            if (type.isInstance(event)) {
                target.accept(type.cast(event));
            }
        }
    }

    private final List<Listener<?>> listeners = new ArrayList<>();
    private final List<Runnable> endings = new ArrayList<>();
    private final Map<Path, MetricTable> metrics = new HashMap<>();
    private final List<Run> runs = new ArrayList<>();
    private Optional<Path> selected = Optional.empty();
    private List<Path> compared = List.of();
    private volatile Optional<Throwable> failure = Optional.empty();

    /// Adds a run with its metrics.
    public void add(Run run, MetricTable table) {
        runs.add(run);
        metrics.put(run.folder(), table);
        tell(new MetricsRead(run.folder(), table));
    }

    /// What a panel could not do.
    public Optional<Throwable> failure() {
        return failure;
    }

    /// Ends the panel.
    public void close() {
        endings.reversed().forEach(Runnable::run);
    }

    private void tell(Object event) {
        List.copyOf(listeners).forEach(listener -> listener.hear(event));
    }

    @Override
    public List<Run> runs() {
        return List.copyOf(runs);
    }

    @Override
    public Optional<Run> selected() {
        return selected.flatMap(this::run);
    }

    @Override
    public void select(Path folder) {
        selected = Optional.of(folder);
        tell(new RunSelected(selected()));
    }

    @Override
    public List<Path> compared() {
        return compared;
    }

    @Override
    public void compare(List<Path> folders) {
        compared = List.copyOf(folders);
        tell(new RunsCompared(compared));
    }

    @Override
    public MetricTable metrics(Path folder) {
        return metrics.getOrDefault(folder, MetricTable.EMPTY);
    }

    @Override
    public List<Journaled> journal(Path folder) {
        return List.of();
    }

    @Override
    public List<DeployedBundle> bundles() {
        return List.of();
    }

    @Override
    public <E> void on(Class<E> event, Consumer<? super E> listener) {
        listeners.add(new Listener<>(event, listener));
    }

    @Override
    public void publish(Object event) {
        EventQueue.invokeLater(() -> tell(event));
    }

    @Override
    public <T> void inBackground(Callable<T> work, Consumer<? super T> then) {
        Thread.ofPlatform().daemon(true).start(() -> {
            try {
                T result = work.call();
                EventQueue.invokeLater(() -> then.accept(result));
            } catch (Exception thrown) {
                fail(thrown);
            }
        });
    }

    @Override
    public void show(String panel) {
        // there is one panel
    }

    @Override
    public void fail(Throwable thrown) {
        failure = Optional.of(thrown);
    }

    @Override
    public void onClose(Runnable end) {
        endings.add(end);
    }
}
