package dev.limber.launcher.gui;

import dev.limber.api.deploy.Deployments;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.gui.Gui;
import dev.limber.api.gui.GuiSpec;
import dev.limber.api.gui.Panel;
import dev.limber.api.plugin.UsageException;
import dev.limber.launcher.gui.priority.NormalThreads;
import dev.limber.launcher.gui.robot.RecordingPlayer;
import dev.limber.launcher.gui.theme.Theme;
import dev.limber.launcher.gui.window.MainWindow;
import dev.limber.launcher.gui.window.Remembered;
import java.awt.AWTError;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/// Opens the window, and keeps it in step with the panels that come and go.
@Component
public final class WindowGui implements Gui {

    private final Experiments experiments;
    private final Deployments deployments;
    private final RecordingPlayer recordings;
    private final List<Panel> panels = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    private volatile Optional<MainWindow> window = Optional.empty();
    private volatile boolean made;

    /// Made by the component runtime when somebody wants a window.
    @Activate
    public WindowGui(@Reference Experiments experiments, @Reference Deployments deployments,
            @Reference RecordingPlayer recordings) {
        this.experiments = experiments;
        this.deployments = deployments;
        this.recordings = recordings;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addPanel(Panel panel) {
        panels.add(panel);
        // A window that is being made now has it already, or will hear of it here.
        if (made) {
            EventQueue.invokeLater(() -> window.ifPresent(open -> open.add(panel)));
        }
    }

    /// Returns when nothing of the panel is left in the window.
    void removePanel(Panel panel) {
        panels.remove(panel);
        inWindow(() -> window.ifPresent(open -> open.remove(panel)));
    }

    @Deactivate
    void stop() {
        stopped.complete(false);
        inWindow(() -> {
            close();
            Theme.remove();
        });
    }

    @Override
    public boolean open(GuiSpec spec) throws InterruptedException {
        requireDisplay();
        if (window.isPresent()) {
            throw new UsageException("the window is open already");
        }
        try (var threads = new NormalThreads()) {
            return open(spec, threads);
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private boolean open(GuiSpec spec, NormalThreads threads) throws InterruptedException, ExecutionException {
        var closed = new CompletableFuture<Boolean>();
        stopped.thenAccept(closed::complete);
        made = true;
        onEdt(() -> {
            var opened = new MainWindow(spec, Remembered.ofUser(), experiments, deployments, new ArrayList<>(panels),
                    threads, recordings, () -> {
                        window = Optional.empty();
                        closed.complete(true);
                    });
            window = Optional.of(opened);
            opened.open();
            spec.recording().ifPresent(file -> recordings.open(opened.workbench(), file));
        });
        Optional<Experiment> started = start(spec); // which takes its time, so the window comes first
        boolean byUser = spec.screenshot().isPresent() ? picture(spec.screenshot().get(), closed) : closed.get();
        if (byUser) {
            end(spec.screenshot().isPresent() ? started.stream().toList() : experiments.running());
        }
        return byUser;
    }

    private Optional<Experiment> start(GuiSpec spec) {
        try {
            Optional<Experiment> started = spec.experiment()
                    .map(experiment -> experiments.start(experiment, ExperimentListener.NONE));
            started.ifPresent(experiment -> onEdt(() -> window.ifPresent(
                    open -> open.workbench().select(experiment.run()))));
            return started;
        } catch (UsageException | ExperimentFailedException failure) {
            onEdt(this::close);
            throw failure;
        }
    }

    private void close() {
        window.ifPresent(MainWindow::close);
        window = Optional.empty();
    }

    /// Stops experiments with a checkpoint each, and waits until they have ended.
    private static void end(List<Experiment> running) throws InterruptedException {
        running.forEach(Experiment::stop);
        for (Experiment experiment : running) {
            try {
                experiment.await();
            } catch (ExperimentFailedException told) {
                // in its journal, and in the window while it was open
            }
        }
    }

    private boolean picture(GuiSpec.Screenshot screenshot, CompletableFuture<Boolean> closed)
            throws InterruptedException, ExecutionException {
        try {
            return closed.get((long) (1000 * screenshot.seconds()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException now) {
            var picture = new CompletableFuture<BufferedImage>();
            onEdt(() -> {
                window.ifPresent(open -> picture.complete(open.picture()));
                close();
            });
            write(picture.getNow(null), screenshot);
            return true;
        }
    }

    private static void write(BufferedImage picture, GuiSpec.Screenshot screenshot) {
        try {
            ImageIO.write(picture, "png", screenshot.file().toFile());
        } catch (IOException failure) {
            throw new UsageException("the screenshot " + screenshot.file() + " cannot be written: "
                    + failure.getMessage());
        }
    }

    private static void requireDisplay() {
        String reason = "there is no display to open a window on";
        try {
            if (!GraphicsEnvironment.isHeadless()) {
                Toolkit.getDefaultToolkit();
                GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
                return;
            }
        } catch (HeadlessException | AWTError none) {
            // as is told
        } catch (LinkageError headless) {
            reason = "this Java has no windows (" + System.getProperty("java.home") + "; it may be a headless one)";
        }
        throw new UsageException(reason + "; the commands need none: limber --help");
    }

    /// Does something on the EDT, where there has been a window: without one there may be no EDT to be had.
    private void inWindow(Runnable work) {
        if (made) {
            onEdt(work);
        }
    }

    private static void onEdt(Runnable work) {
        if (EventQueue.isDispatchThread()) {
            work.run();
            return;
        }
        try {
            EventQueue.invokeAndWait(work);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (InvocationTargetException failure) {
            throw failure.getCause() instanceof RuntimeException thrown ? thrown
                    : new IllegalStateException("the window failed: " + failure.getCause(), failure.getCause());
        }
    }
}
