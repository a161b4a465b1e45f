package dev.limber.launcher.gui.log;

import dev.limber.api.gui.Panel;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import javax.swing.Icon;
import javax.swing.JComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The log pane.
@Component
public final class LogPanel implements Panel {

    private final LogBook book;

    /// Made by the component runtime.
    @Activate
    public LogPanel(@Reference LogBook book) {
        this.book = book;
    }

    @Override
    public String id() {
        return "limber.log";
    }

    @Override
    public String title() {
        return "Log";
    }

    @Override
    public Icon icon() {
        return Icons.LOG;
    }

    @Override
    public Place place() {
        return Place.BOTTOM;
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public JComponent open(Workbench workbench) {
        return new LogView(workbench, book);
    }
}
