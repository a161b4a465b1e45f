package dev.limber.launcher.gui.window;

import dev.limber.api.gui.Logged;
import dev.limber.api.gui.Panel;
import dev.limber.api.plugin.UsageException;
import dev.limber.launcher.gui.bundle.JarDrop;
import dev.limber.launcher.gui.model.WindowModel;
import io.github.andrewauclair.moderndocking.Dockable;
import io.github.andrewauclair.moderndocking.DockableTabPreference;
import java.awt.BorderLayout;
import java.awt.EventQueue;
import java.awt.Graphics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Objects;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.JPanel;

/// Where one panel lives. Builds it when it is first seen, and keeps what it throws from the rest of the window.
final class PanelFrame extends JPanel implements Dockable, PanelWorkbench.Owner {

    private final Panel panel;
    private final WindowModel model;
    private final Panels panels;
    private final Icon icon;
    private final String id;
    private final String title;
    private PanelWorkbench workbench;
    private WarningBar warning;
    private boolean failed;

    /// A frame for a panel, which is asked nothing but what it is.
    ///
    /// @throws RuntimeException of the panel
    PanelFrame(Panel panel, WindowModel model, Panels panels) {
        super(new BorderLayout());
        this.panel = panel;
        this.model = model;
        this.panels = panels;
        id = Objects.requireNonNull(panel.id(), "a panel without an id");
        title = Objects.requireNonNull(panel.title(), "a panel without a title");
        icon = Objects.requireNonNull(panel.icon(), "a panel without an icon");
        setName(id);
        addHierarchyListener(_ -> {
            if (isShowing()) {
                build();
            }
        });
    }

    Panel panel() {
        return panel;
    }

    /// True where it has not been built, and has not failed either.
    boolean unbuilt() {
        return workbench == null && !failed;
    }

    /// Builds the panel, where that has not been done.
    void build() {
        if (!unbuilt()) {
            return;
        }
        var building = new PanelWorkbench(this, model, panels);
        workbench = building;
        try {
            JComponent content = Objects.requireNonNull(panel.open(building), "the panel " + id + " has no component");
            JarDrop.letThrough(content);
            add(content);
        } catch (RuntimeException | LinkageError | AssertionError failure) {
            fail(failure);
        }
        revalidate();
        repaint();
    }

    /// Ends the panel and leaves what went wrong in its place.
    @Override
    public void fail(Throwable failure) {
        if (!EventQueue.isDispatchThread()) {
            EventQueue.invokeLater(() -> fail(failure));
            return;
        }
        if (failed) {
            return; // a failure tends to bring others
        }
        close();
        failed = true;
        model.bus().publish(new Logged(Instant.now(), Logged.Level.ERROR, title, line(failure), trace(failure)));
        add(new FailureView("This panel does not work", line(failure), trace(failure), this::reopen));
        revalidate();
        repaint();
    }

    /// Says above the panel what did not work, until it is read.
    @Override
    public void warn(Throwable failure) {
        if (failed) {
            return;
        }
        if (!(failure instanceof UsageException)) {
            model.bus().publish(new Logged(Instant.now(), Logged.Level.ERROR, title, line(failure), trace(failure)));
        }
        if (warning != null) {
            remove(warning);
        }
        warning = new WarningBar(line(failure), this::read);
        add(warning, BorderLayout.NORTH);
        revalidate();
        repaint();
    }

    private void read() {
        remove(warning);
        warning = null;
        revalidate();
        repaint();
    }

    @Override
    public String title() {
        return title;
    }

    private void reopen() {
        failed = false;
        removeAll();
        build();
    }

    /// Ends the panel.
    void close() {
        if (workbench != null) {
            PanelWorkbench ending = workbench;
            workbench = null;
            ending.close();
        }
        removeAll();
    }

    /// What went wrong, in one line.
    static String line(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage().lines().findFirst().orElse("");
        return failure instanceof UsageException && !message.isEmpty()
                ? message
                : failure.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }

    /// What went wrong, in full.
    static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /// So that everything inside is painted through [#paint].
    @Override
    protected boolean isPaintingOrigin() {
        return true;
    }

    @Override
    public void paint(Graphics graphics) {
        Graphics scratch = graphics.create(); // what fails may leave anything set
        try {
            super.paint(scratch);
        } catch (RuntimeException | LinkageError | AssertionError failure) {
            EventQueue.invokeLater(() -> fail(failure));
        } finally {
            scratch.dispose();
        }
    }

    @Override
    public String getPersistentID() {
        return id;
    }

    @Override
    public String getTabText() {
        return title;
    }

    @Override
    public Icon getIcon() {
        return icon;
    }

    @Override
    public DockableTabPreference getTabPreference() {
        return DockableTabPreference.TOP_ALWAYS;
    }

    @Override
    public boolean isClosable() {
        return true;
    }

    @Override
    public boolean isMinMaxAllowed() {
        return true;
    }

    /// Panels scroll what they want to scroll.
    @Override
    public boolean isWrappableInScrollpane() {
        return false;
    }

    @Override
    public boolean isAutoHideAllowed() {
        return false;
    }
}
