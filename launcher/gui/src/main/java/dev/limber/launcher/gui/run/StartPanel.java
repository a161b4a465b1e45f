package dev.limber.launcher.gui.run;

import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.gui.Panel;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import javax.swing.Icon;
import javax.swing.JComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The form that starts an experiment.
@Component
public final class StartPanel implements Panel {

    private final Catalog catalog;
    private final Experiments experiments;

    /// Made by the component runtime.
    @Activate
    public StartPanel(@Reference Catalog catalog, @Reference Experiments experiments) {
        this.catalog = catalog;
        this.experiments = experiments;
    }

    @Override
    public String id() {
        return "limber.start";
    }

    @Override
    public String title() {
        return "New experiment";
    }

    @Override
    public Icon icon() {
        return Icons.ADD;
    }

    @Override
    public Place place() {
        return Place.RIGHT;
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public JComponent open(Workbench workbench) {
        return new StartView(workbench, catalog, experiments);
    }
}
