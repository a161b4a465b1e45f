package dev.limber.launcher.gui.bundle;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.deploy.Deployments;
import dev.limber.api.deploy.Placement;
import dev.limber.api.gui.BundlesChanged;
import dev.limber.api.gui.Journaled;
import dev.limber.api.gui.Logged;
import dev.limber.api.gui.Logged.Level;
import dev.limber.api.gui.Workbench;
import dev.limber.api.plugin.UsageException;
import dev.limber.launcher.gui.form.OptionForm;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.icon.LineIcon;
import dev.limber.launcher.gui.layout.EmptyState.MutedLabel;
import dev.limber.launcher.gui.layout.ToolBar;
import dev.limber.launcher.gui.run.JournalText;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.event.ActionEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.swing.AbstractAction;
import javax.swing.Action;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTextField;
import javax.swing.filechooser.FileNameExtensionFilter;

/// The table of bundles, and beside it what deployments came to.
final class BundlesView extends JPanel {

    private final Workbench workbench;
    private final Deployments deployments;
    private final BundleTable table = new BundleTable();
    private final VerdictList verdicts = new VerdictList();
    private final Action rollBack = action("Roll back", Icons.ROLL_BACK, "Goes back to the version before",
            this::rollBack);
    private final Action undeploy = action("Undeploy", Icons.REMOVE,
            "Takes all versions of the bundle out of the folder and keeps them in its folder undeployed",
            this::undeploy);
    private List<DeployedBundle> bundles = List.of();
    private boolean looked;

    BundlesView(Workbench workbench, Deployments deployments) {
        super(new BorderLayout());
        this.workbench = workbench;
        this.deployments = deployments;
        var bar = new ToolBar();
        bar.labelled(action("Deploy ...", Icons.ADD, "Examines a jar and deploys it; or drop it on the window",
                this::choose));
        bar.addSeparator();
        bar.labelled(rollBack);
        bar.addSeparator();
        bar.labelled(undeploy);
        bar.add(Box.createHorizontalGlue());
        JLabel folder = new MutedLabel("Drop a jar anywhere on the window to deploy it");
        folder.putClientProperty("FlatLaf.styleClass", "small");
        folder.setToolTipText(deployments.folder() + ": " + deployments.trust());
        bar.add(folder);
        bar.addSeparator();
        var filter = new JTextField();
        filter.setName("bundles.filter");
        filter.putClientProperty("JTextField.placeholderText", "Filter");
        filter.putClientProperty("JTextField.showClearButton", true);
        filter.setMaximumSize(new Dimension(UIScale.scale(180), UIScale.scale(30)));
        filter.setPreferredSize(new Dimension(UIScale.scale(180), filter.getPreferredSize().height));
        OptionForm.onChange(filter, () -> table.filter(filter.getText()));
        bar.add(filter);
        add(bar, BorderLayout.NORTH);

        table.getSelectionModel().addListSelectionListener(_ -> update());
        var left = new JScrollPane(table);
        left.setBorder(BorderFactory.createEmptyBorder());
        var split = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, left, verdicts.component());
        left.setPreferredSize(new Dimension());
        verdicts.component().setPreferredSize(new Dimension()); // so that both get their share of the width from the beginning
        split.setResizeWeight(0.66);
        split.setBorder(BorderFactory.createEmptyBorder());
        add(split, BorderLayout.CENTER);
        update();

        workbench.on(BundlesChanged.class, event -> show(event.bundles()));
        workbench.on(Journaled.class, this::show);
        workbench.on(JarDropped.class, event -> event.jars().forEach(this::deploy));
        show(workbench.bundles());
    }

    private static Action action(String name, LineIcon icon, String description, Runnable work) {
        var action = new AbstractAction(name, icon) {

            @Override
            public void actionPerformed(ActionEvent event) {
                work.run();
            }
        };
        action.putValue(Action.SHORT_DESCRIPTION, description);
        return action;
    }

    private void show(List<DeployedBundle> now) {
        if (looked) {
            now.stream().filter(each -> bundles.stream().noneMatch(old -> same(old, each) && old.state() == each.state()
                    && old.since().equals(each.since()))).forEach(this::tell);
        }
        looked = looked || !now.isEmpty();
        bundles = now;
        table.show(now);
        update();
    }

    private static boolean same(DeployedBundle one, DeployedBundle other) {
        return one.name().equals(other.name()) && one.version().equals(other.version())
                && one.file().equals(other.file());
    }

    private void tell(DeployedBundle bundle) {
        String what = bundle.name() + " " + bundle.version();
        switch (bundle.state()) {
            case ACTIVE -> verdicts.add(bundle.since(), Icons.CHECK.in("Limber.running"), what + " is active");
            case WAITING ->
                    verdicts.add(bundle.since(), Icons.PAUSE.in("Limber.paused"), what + ": " + bundle.reason());
            case QUARANTINED -> {
                verdicts.add(bundle.since(), Icons.ERROR.in("Limber.failed"), bundle.name() + " was refused: "
                        + bundle.reason());
                workbench.publish(Logged.now(Level.WARNING, "deploy", bundle.name() + " was refused: "
                        + bundle.reason()));
            }
            case ON_PROBATION, LEFT_OUT -> {
                // what takes its place says so
            }
        }
    }

    private void show(Journaled entry) {
        if (JournalText.swap(entry)) {
            LineIcon icon = switch (JournalText.level(entry)) {
                case INFO -> Icons.REFRESH.in("Limber.accent");
                case WARNING -> Icons.WARNING.in("Limber.paused");
                case ERROR -> Icons.ERROR.in("Limber.failed");
            };
            verdicts.add(entry.time(), icon, entry.folder().getFileName() + ": "
                    + JournalText.of(entry).orElse(entry.event()));
        }
    }

    private void update() {
        Optional<DeployedBundle> selected = table.selected();
        boolean deployed = selected.filter(bundle -> !bundle.sha256().isEmpty()).isPresent();
        undeploy.setEnabled(deployed);
        rollBack.setEnabled(selected.flatMap(this::before).isPresent());
    }

    /// What would run if a bundle's newest version were not in the folder.
    private Optional<DeployedBundle> before(DeployedBundle bundle) {
        boolean deployed = bundles.stream().anyMatch(each -> each.name().equals(bundle.name())
                && each.state() == State.ACTIVE && !each.sha256().isEmpty());
        return !deployed ? Optional.empty()
                : bundles.stream().filter(each -> each.name().equals(bundle.name())
                        && each.state() == State.LEFT_OUT).findFirst();
    }

    private void choose() {
        var chooser = new JFileChooser();
        chooser.setDialogTitle("Deploy a bundle");
        chooser.setMultiSelectionEnabled(true);
        chooser.setFileFilter(new FileNameExtensionFilter("Bundles (*.jar)", "jar"));
        if (chooser.showDialog(this, "Deploy") == JFileChooser.APPROVE_OPTION) {
            workbench.publish(new JarDropped(Arrays.stream(chooser.getSelectedFiles()).map(File::toPath).toList()));
        }
    }

    private void deploy(Path jar) {
        workbench.show(BundlesPanel.ID);
        verdicts.add(Instant.now(), Icons.BOX.in("Limber.muted"), "examining " + jar.getFileName() + " ...");
        workbench.inBackground(() -> {
            try (var kept = new VersionedJar(jar, deployments.folder())) {
                Placement placement = deployments.deploy(kept.file(), deployments.folder(), false);
                return placement.file().getFileName() + " is deployed"
                        + (placement.waiting().isEmpty() ? "" : "; it waits: " + placement.waiting());
            } catch (UsageException refusal) {
                return refusal;
            } catch (IOException unreadable) {
                return new UsageException(jar.getFileName() + " cannot be read: " + unreadable.getMessage());
            }
        }, this::deployed);
    }

    private void deployed(Object outcome) {
        switch (outcome) {
            case UsageException refusal -> {
                verdicts.add(Instant.now(), Icons.ERROR.in("Limber.failed"), refusal.getMessage());
                workbench.publish(Logged.now(Level.WARNING, "deploy", refusal.getMessage()));
            }
            default -> verdicts.add(Instant.now(), Icons.CHECK.in("Limber.running"), outcome.toString());
        }
    }

    /// Takes the newest version away: the one before is what the folder then says.
    private void rollBack() {
        String name = table.selected().orElseThrow().name();
        DeployedBundle active = bundles.stream().filter(each -> each.name().equals(name)
                && each.state() == State.ACTIVE).findFirst().orElseThrow();
        String back = before(active).map(DeployedBundle::version).orElse("");
        remove(active.file(), name + " goes back from " + active.version() + " to " + back);
    }

    private void undeploy() {
        String name = table.selected().orElseThrow().name();
        remove(name, name + " is taken out");
    }

    private void remove(String name, String done) {
        workbench.inBackground(() -> deployments.undeploy(name, deployments.folder()),
                files -> verdicts.add(Instant.now(), Icons.ROLL_BACK.in("Limber.accent"), done + "; kept as "
                        + files.stream().map(file -> deployments.folder().relativize(file).toString())
                                .collect(Collectors.joining(", "))));
    }
}
