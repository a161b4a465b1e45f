package dev.limber.launcher.gui.window;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.deploy.Deployments;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.gui.GuiSpec;
import dev.limber.api.gui.Logged;
import dev.limber.api.gui.Panel;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.bundle.BundlesPanel;
import dev.limber.launcher.gui.bundle.JarDrop;
import dev.limber.launcher.gui.bundle.JarDropped;
import dev.limber.launcher.gui.model.WindowModel;
import dev.limber.launcher.gui.priority.GivingWay;
import dev.limber.launcher.gui.priority.NormalThreads;
import dev.limber.launcher.gui.robot.RecordingPlayer;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/// The window. EDT.
public final class MainWindow implements Panels, PanelWorkbench.Owner {

    private static final int BUILD_MILLIS = 150;
    /// Height from which a screen is fine [px].
    private static final int FINE_HEIGHT = 2_000;

    private final Remembered remembered;
    private final WindowModel model;
    private final JFrame frame = new JFrame("Limber");
    private final DockArea area;
    private final PanelWorkbench workbench;
    private final StatusBar status;
    private final Menus menus;
    private final GuardedQueue queue = new GuardedQueue(this::thrown);
    private final Runnable closed;
    private boolean open;

    /// Makes the window and everything in it; [#open] shows it.
    ///
    /// @param panels what it shows
    /// @param threads for work in the background
    /// @param recordings shows recorded sessions
    /// @param closed called when its user has closed it
    public MainWindow(GuiSpec spec, Remembered remembered, Experiments experiments,
            Deployments deployments, List<Panel> panels, NormalThreads threads, RecordingPlayer recordings,
            Runnable closed) {
        this.remembered = remembered;
        this.closed = closed;
        Theme.of(spec.theme().orElse(remembered.get("theme", ""))).apply();
        setZoom();
        model = new WindowModel(experiments, deployments, spec.runs(), threads);
        workbench = new PanelWorkbench(this, model, this);
        area = new DockArea(frame, remembered);
        status = new StatusBar(workbench, spec.runs());
        menus = new Menus(this, workbench, experiments, recordings);

        frame.setIconImages(Logo.images());
        frame.setLayout(new BorderLayout());
        frame.add(area.component(), BorderLayout.CENTER);
        frame.add(status, BorderLayout.SOUTH);
        frame.setJMenuBar(menus.bar());
        frame.setMinimumSize(new Dimension(UIScale.scale(800), UIScale.scale(500)));
        frame.getRootPane().setTransferHandler(new JarDrop(this::dropped));
        place(spec);
        frame.setDefaultCloseOperation(JFrame.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                quit();
            }
        });
        area.open(panels.stream().map(this::frameOf).flatMap(Optional::stream).toList());
        menus.listPanels();
        spec.show().forEach(this::show);
    }

    /// Shows it.
    public void open() {
        open = true;
        Toolkit.getDefaultToolkit().getSystemEventQueue().push(queue);
        frame.setVisible(true);
        frame.validate();
        area.settle();
        buildHidden();
        EventQueue.invokeLater(this::tellStart);
    }

    /// Says how long its user has waited, once everything that is seen has been built and painted, and gives way from then on.
    private void tellStart() {
        GivingWay.SOMEWHAT.begin();
        ProcessHandle.current().info().startInstant().ifPresent(start -> model.bus().publish(Logged.now(
                Logged.Level.INFO, "window", String.format(Locale.ROOT, "open %.2f s after the process began",
                        Duration.between(start, Instant.now()).toMillis() / 1000.0))));
    }

    /// What lies behind another panel is built while nobody waits for it, so that it misses nothing from then on.
    private void buildHidden() {
        var later = new Timer(BUILD_MILLIS, null);
        later.addActionListener(_ -> {
            Optional<PanelFrame> next = area.frames().stream().filter(each -> area.shown(each) && each.unbuilt())
                    .findFirst();
            next.ifPresentOrElse(PanelFrame::build, later::stop);
        });
        later.start();
    }

    /// Deploys jars that were dropped on it.
    private void dropped(List<Path> jars) {
        show(BundlesPanel.ID);
        workbench.publish(new JarDropped(jars));
    }

    private Optional<PanelFrame> frameOf(Panel panel) {
        try {
            return Optional.of(new PanelFrame(panel, model, this));
        } catch (RuntimeException | LinkageError | AssertionError failure) {
            unexpected(panel.getClass().getName(), failure);
            return Optional.empty();
        }
    }

    /// Adds a panel that has come.
    public void add(Panel panel) {
        if (area.frames().stream().noneMatch(each -> each.panel() == panel)) {
            frameOf(panel).ifPresent(area::add);
            menus.listPanels();
        }
    }

    /// Takes a panel out that goes.
    public void remove(Panel panel) {
        area.frames().stream().filter(each -> each.panel() == panel).forEach(area::remove);
        menus.listPanels();
    }

    private void place(GuiSpec spec) {
        Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
        int width = spec.width() > 0 ? spec.width() : remembered.number("width", Math.min(screen.width, 1920));
        int height = spec.height() > 0 ? spec.height() : remembered.number("height", Math.min(screen.height, 1080));
        frame.setSize(width, height);
        int x = remembered.number("x", screen.x + (screen.width - width) / 2);
        int y = remembered.number("y", screen.y + (screen.height - height) / 2);
        if (spec.width() > 0 || !screen.contains(x + 40, y + 10)) {
            frame.setLocation(screen.x, screen.y);
        } else {
            frame.setLocation(x, y);
        }
    }

    /// The zoom that was chosen last, if any was.
    private void setZoom() {
        UIScale.setSupportedZoomFactors(new float[] {0.8f, 0.9f, 1, 1.1f, 1.25f, 1.5f, 1.75f, 2, 2.5f, 3});
        Theme.zoom(Math.clamp(remembered.number("zoom", usualZoom()), 50, 300) / 100f);
    }

    /// The zoom where none was chosen [%]: twice the size on a screen so fine that nothing could be read.
    int usualZoom() {
        var screen = frame.getGraphicsConfiguration();
        boolean fine = screen.getBounds().height >= FINE_HEIGHT && UIScale.getUserScaleFactor() == 1
                && UIScale.getSystemScaleFactor(screen) == 1;
        return fine ? 200 : 100;
    }

    Remembered remembered() {
        return remembered;
    }

    DockArea area() {
        return area;
    }

    JFrame frame() {
        return frame;
    }

    /// The window's own view of the model.
    public Workbench workbench() {
        return workbench;
    }

    void toggleTheme() {
        Theme theme = Theme.current().other();
        theme.apply();
        JarDrop.letThrough(frame);
        remembered.set("theme", theme.toString());
        menus.themeChanged();
    }

    void resetLayout() {
        try {
            remembered.forgetLayout();
        } catch (IOException failure) {
            warn(failure);
        }
        area.layOut();
        menus.listPanels();
    }

    /// Asks where experiments run, and closes the window.
    void quit() {
        List<Run> live = model.runs().stream().filter(Run::live).toList();
        if (!live.isEmpty()) {
            String what = live.size() == 1 ? live.getFirst().name() + " is running"
                    : live.size() + " runs are going on";
            Object[] answers = {"Stop and quit", "Cancel"};
            int answer = JOptionPane.showOptionDialog(frame,
                    what + ". Each writes a checkpoint, from which it can be resumed.", "Quit Limber",
                    JOptionPane.DEFAULT_OPTION, JOptionPane.QUESTION_MESSAGE, null, answers, answers[0]);
            if (answer != 0) {
                return;
            }
        }
        close();
        closed.run();
    }

    /// Closes it without asking and remembers how it was.
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        remember();
        workbench.close();
        area.close();
        model.close();
        frame.dispose();
        queue.remove();
    }

    private void remember() {
        remembered.set("width", Integer.toString(frame.getWidth()));
        remembered.set("height", Integer.toString(frame.getHeight()));
        remembered.set("x", Integer.toString(frame.getX()));
        remembered.set("y", Integer.toString(frame.getY()));
        int zoom = Math.round(UIScale.getZoomFactor() * 100);
        remembered.set("zoom", zoom == usualZoom() ? "" : Integer.toString(zoom)); // the next screen may be another
        try {
            area.save();
            remembered.save();
        } catch (IOException | RuntimeException failure) { // of the docking library; it closes all the same
            System.getLogger(MainWindow.class.getName()).log(System.Logger.Level.WARNING,
                    "the window cannot be remembered: " + failure.getMessage());
        }
    }

    /// Draws the window's content into a picture.
    public BufferedImage picture() {
        var picture = new BufferedImage(frame.getWidth(), frame.getHeight(), BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        frame.getRootPane().getParent().validate();
        frame.paint(graphics);
        graphics.dispose();
        return picture;
    }

    private void thrown(Optional<Component> where, Throwable failure) {
        Optional<PanelFrame> panel = where.map(component -> component instanceof PanelFrame self ? self
                : (PanelFrame) SwingUtilities.getAncestorOfClass(PanelFrame.class, component));
        panel.ifPresentOrElse(each -> each.fail(failure), () -> unexpected("window", failure));
    }

    @Override
    public void show(String panel) {
        area.frame(panel).ifPresent(area::show);
        menus.listPanels();
    }

    @Override
    public void unexpected(String source, Throwable failure) {
        model.bus().publish(new Logged(Instant.now(), Logged.Level.ERROR, source, PanelFrame.line(failure),
                PanelFrame.trace(failure)));
        status.say(PanelFrame.line(failure));
    }

    @Override
    public String title() {
        return "window";
    }

    @Override
    public void fail(Throwable failure) {
        SwingUtilities.invokeLater(() -> unexpected("window", failure));
    }

    @Override
    public void warn(Throwable failure) {
        unexpected("window", failure);
    }
}
