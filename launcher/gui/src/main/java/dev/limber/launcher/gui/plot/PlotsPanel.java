package dev.limber.launcher.gui.plot;

import dev.limber.api.gui.Panel;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.timeline.Observatory;
import javax.swing.Icon;
import javax.swing.JComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// Plots of the selected and the compared runs.
@Component(service = Panel.class)
public final class PlotsPanel implements Panel {

    private final Observatory observatory;

    /// Made by the component runtime.
    @Activate
    public PlotsPanel(@Reference Observatory observatory) {
        this.observatory = observatory;
    }

    @Override
    public String id() {
        return "limber.plots";
    }

    @Override
    public String title() {
        return "Plots";
    }

    @Override
    public Icon icon() {
        return Icons.COMPARE;
    }

    @Override
    public Place place() {
        return Place.CENTER;
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public JComponent open(Workbench workbench) {
        return new PlotsView(workbench, observatory);
    }
}
