package dev.limber.launcher.gui.window;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.gui.Journaled;
import dev.limber.api.gui.MetricTable;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.model.WindowModel;
import java.awt.EventQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// One panel's view of the window's model: ends with the panel.
final class PanelWorkbench implements Workbench {

    /// Who shows what goes wrong.
    interface Owner {

        /// What users call it.
        String title();

        /// Cannot go on.
        void fail(Throwable failure);

        /// Goes on, though something it tried did not work.
        void warn(Throwable failure);
    }

    private final Owner owner;
    private final WindowModel model;
    private final Panels panels;
    private final List<Runnable> endings = new ArrayList<>();
    private boolean closed;

    PanelWorkbench(Owner owner, WindowModel model, Panels panels) {
        this.owner = owner;
        this.model = model;
        this.panels = panels;
    }

    void close() {
        closed = true;
        model.bus().end(this);
        for (Runnable ending : endings.reversed()) {
            try {
                ending.run();
            } catch (RuntimeException | LinkageError | AssertionError failure) {
                panels.unexpected(owner.title(), failure);
            }
        }
    }

    @Override
    public List<Run> runs() {
        return model.runs();
    }

    @Override
    public Optional<Run> selected() {
        return model.selected();
    }

    @Override
    public void select(Path folder) {
        model.select(Optional.of(folder.toAbsolutePath().normalize()));
    }

    @Override
    public List<Path> compared() {
        return model.compared();
    }

    @Override
    public void compare(List<Path> folders) {
        model.compare(folders);
    }

    @Override
    public MetricTable metrics(Path folder) {
        return model.metrics(folder);
    }

    @Override
    public List<Journaled> journal(Path folder) {
        return model.journal(folder);
    }

    @Override
    public List<DeployedBundle> bundles() {
        return model.bundles();
    }

    @Override
    public <E> void on(Class<E> event, Consumer<? super E> listener) {
        model.bus().on(this, event, listener, owner::fail);
    }

    @Override
    public void publish(Object event) {
        model.bus().publish(event);
    }

    @Override
    public <T> void inBackground(Callable<T> work, Consumer<? super T> then) {
        model.threads().start("limber-gui-" + owner.title(), () -> {
            try {
                T result = work.call();
                EventQueue.invokeLater(() -> finish(() -> then.accept(result)));
            } catch (Exception | LinkageError | AssertionError failure) {
                EventQueue.invokeLater(() -> finish(() -> owner.warn(failure)));
            }
        });
    }

    private void finish(Runnable then) {
        if (!closed) {
            try {
                then.run();
            } catch (RuntimeException | LinkageError | AssertionError failure) {
                owner.fail(failure);
            }
        }
    }

    @Override
    public void show(String panel) {
        panels.show(panel);
    }

    @Override
    public void fail(Throwable failure) {
        owner.fail(failure);
    }

    @Override
    public void onClose(Runnable end) {
        endings.add(end);
    }
}
