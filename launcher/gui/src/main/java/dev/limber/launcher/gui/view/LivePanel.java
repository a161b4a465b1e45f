package dev.limber.launcher.gui.view;

import dev.limber.api.gui.Panel;
import dev.limber.api.gui.Workbench;
import dev.limber.api.render.Renderers;
import dev.limber.launcher.gui.timeline.Observatory;
import javax.swing.Icon;
import javax.swing.JComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The live view of the selected run.
@Component(service = Panel.class)
public final class LivePanel implements Panel {

    private final Renderers renderers;
    private final Observatory observatory;

    /// Made by the component runtime.
    @Activate
    public LivePanel(@Reference Renderers renderers, @Reference Observatory observatory) {
        this.renderers = renderers;
        this.observatory = observatory;
    }

    @Override
    public String id() {
        return "limber.view";
    }

    @Override
    public String title() {
        return "Live view";
    }

    @Override
    public Icon icon() {
        return ViewIcons.VIEW;
    }

    @Override
    public Place place() {
        return Place.CENTER;
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public JComponent open(Workbench workbench) {
        return new LiveView(workbench, renderers, observatory);
    }
}
