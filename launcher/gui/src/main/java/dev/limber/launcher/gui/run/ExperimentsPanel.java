package dev.limber.launcher.gui.run;

import dev.limber.api.experiment.Experiments;
import dev.limber.api.gui.Panel;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import javax.swing.Icon;
import javax.swing.JComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The list of runs.
@Component
public final class ExperimentsPanel implements Panel {

    private final Experiments experiments;

    /// Made by the component runtime.
    @Activate
    public ExperimentsPanel(@Reference Experiments experiments) {
        this.experiments = experiments;
    }

    @Override
    public String id() {
        return "limber.experiments";
    }

    @Override
    public String title() {
        return "Experiments";
    }

    @Override
    public Icon icon() {
        return Icons.FLASK;
    }

    @Override
    public Place place() {
        return Place.LEFT;
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public JComponent open(Workbench workbench) {
        return new RunListView(workbench, experiments);
    }
}
