package dev.limber.launcher.gui.run;

import dev.limber.api.experiment.Catalog;
import dev.limber.api.gui.Panel;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import javax.swing.Icon;
import javax.swing.JComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The selected run: how it goes, its reward, what happened to it.
@Component
public final class DetailsPanel implements Panel {

    private final Catalog catalog;

    /// Made by the component runtime.
    @Activate
    public DetailsPanel(@Reference Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String id() {
        return "limber.run";
    }

    @Override
    public String title() {
        return "Run";
    }

    @Override
    public Icon icon() {
        return Icons.SLIDERS;
    }

    @Override
    public Place place() {
        return Place.RIGHT;
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public JComponent open(Workbench workbench) {
        return new DetailsView(workbench, catalog);
    }
}
