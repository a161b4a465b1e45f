package dev.limber.launcher.gui.bundle;

import dev.limber.api.deploy.Deployments;
import dev.limber.api.gui.Panel;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import javax.swing.Icon;
import javax.swing.JComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// All bundles, and what became of those that were deployed.
@Component
public final class BundlesPanel implements Panel {

    /// Its id.
    public static final String ID = "limber.bundles";

    private final Deployments deployments;

    /// Made by the component runtime.
    @Activate
    public BundlesPanel(@Reference Deployments deployments) {
        this.deployments = deployments;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Bundles";
    }

    @Override
    public Icon icon() {
        return Icons.BOX;
    }

    @Override
    public Place place() {
        return Place.BOTTOM;
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public JComponent open(Workbench workbench) {
        return new BundlesView(workbench, deployments);
    }
}
