package dev.limber.launcher.gui.robot;

import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.gui.Panel;
import dev.limber.api.gui.Workbench;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.session.ControllerFactory;
import dev.limber.api.session.RobotSessions;
import dev.limber.launcher.gui.icon.LineIcon;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.swing.Icon;
import javax.swing.JComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/// The panel that drives robots.
@Component(service = Panel.class)
public final class RobotPanel implements Panel {

    /// Its id.
    public static final String ID = "limber.robot";

    private static final LineIcon ARM = LineIcon
            .lines("M 3 13.5 L 11 13.5 M 7 13.5 L 7 11 L 4 6.5 L 10 3.5 M 10 3.5 L 12.5 2 M 10 3.5 L 12.8 5 O 4 6.5 1");

    private final RobotSessions sessions;
    private final Catalog catalog;
    private final Experiments experiments;
    private final Map<String, ControllerFactory> controllers = new ConcurrentHashMap<>();

    /// Made by the component runtime.
    @Activate
    public RobotPanel(@Reference RobotSessions sessions, @Reference Catalog catalog,
            @Reference Experiments experiments) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.experiments = experiments;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addController(ControllerFactory factory, Map<String, Object> properties) {
        controllers.put(String.valueOf(properties.get(Plugin.NAME)), factory);
    }

    void removeController(ControllerFactory factory) {
        controllers.values().remove(factory);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Robot";
    }

    @Override
    public Icon icon() {
        return ARM;
    }

    @Override
    public Place place() {
        return Place.CENTER;
    }

    @Override
    public int rank() {
        return 40;
    }

    @Override
    public JComponent open(Workbench workbench) {
        return new RobotView(workbench, new RobotDesk(workbench, sessions), catalog,
                new Drivers(catalog, experiments, sessions, controllers));
    }
}
