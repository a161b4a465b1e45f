package dev.limber.launcher.gui.robot;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.SessionSpec;
import dev.limber.launcher.gui.form.OptionForm;
import dev.limber.launcher.gui.form.Section;
import dev.limber.launcher.gui.layout.FormColumn;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;

/// Which robot, and how: what a session is asked for.
final class ConnectForm extends JPanel {

    private static final int LABEL = 84;

    private final Catalog catalog;
    private final JComboBox<String> kind = new JComboBox<>();
    private final JComboBox<String> address = new JComboBox<>();
    private final JButton scan = new JButton("Scan");
    private final JComboBox<String> mode = new JComboBox<>(new String[] {"position", "velocity", "effort"});
    private final JTextField rate = new JTextField("100");
    private final JCheckBox dryRun = new JCheckBox("Dry run: nothing is energised or sent");
    private final JCheckBox unwatched = new JCheckBox("Arm drives without a watchdog");
    private final JCheckBox record = new JCheckBox("Record into", true);
    private final JTextField file = new JTextField("recordings");
    private final JPanel options = new JPanel(new BorderLayout());
    private OptionForm form = new OptionForm("robot.option", List.of(), Map.of(), () -> {});
    private List<PluginInfo> known = List.of();

    /// @param desk looks for robots
    ConnectForm(Catalog catalog, RobotDesk desk) {
        super(new BorderLayout());
        this.catalog = catalog;
        setOpaque(false);
        options.setOpaque(false);
        kind.setName("robot.kind");
        address.setName("robot.address");
        address.setEditable(true);
        address.setPrototypeDisplayValue("/dev/ttyUSB0");
        address.setToolTipText("Where the robot is, in the driver's own words: /dev/ttyUSB0");
        scan.setName("robot.scan");
        scan.setToolTipText("Looks for robots of this kind without disturbing them");
        mode.setName("robot.mode");
        mode.setToolTipText("What commands mean; a run's policy sets it");
        rate.setName("robot.rate");
        rate.setToolTipText("Cycles per second, 1 to 1000; a run's policy sets it");
        dryRun.setName("robot.dryRun");
        unwatched.setName("robot.unwatched");
        unwatched.setToolTipText("They go on with the last command when this process dies");
        record.setName("robot.record");
        file.setName("robot.file");
        kind.addActionListener(_ -> chosen());
        scan.addActionListener(_ -> desk.ask("looking for robots", () -> desk.scan(kind(), form.settings()),
                found -> found(found, desk)));
        record.addActionListener(_ -> file.setEnabled(record.isSelected()));
        file.setToolTipText("A file as session.mcap, or a folder for a new one");

        var column = new FormColumn();
        column.add(row("Kind", kind), 0);
        column.add(row("Address", beside(address, scan)), 4);
        column.add(row("Commands", mode), 4);
        column.add(row("Rate [Hz]", rate), 4);
        column.add(dryRun, 6);
        column.add(unwatched, 2);
        column.add(beside(file, record), 2);
        column.add(options, 0);
        add(column);
        look();
    }

    /// Lists the drivers that are installed.
    void look() {
        List<PluginInfo> robots = catalog.plugins(PluginKind.ROBOTS);
        if (!robots.equals(known)) {
            String before = kind();
            known = robots;
            kind.removeAllItems();
            robots.forEach(robot -> kind.addItem(robot.name()));
            kind.setSelectedItem(before.isEmpty() ? "mock" : before);
        }
    }

    private static JComponent row(String name, JComponent field) {
        var row = new JPanel(new BorderLayout(UIScale.scale(8), 0));
        row.setOpaque(false);
        var label = new JLabel(name);
        label.setPreferredSize(new Dimension(UIScale.scale(LABEL), label.getPreferredSize().height));
        label.setLabelFor(field);
        row.add(label, BorderLayout.WEST);
        row.add(field, BorderLayout.CENTER);
        return row;
    }

    private static JComponent beside(JComponent wide, JComponent narrow) {
        var row = new JPanel(new BorderLayout(UIScale.scale(6), 0));
        row.setOpaque(false);
        row.add(wide, BorderLayout.CENTER);
        row.add(narrow, narrow instanceof JCheckBox ? BorderLayout.WEST : BorderLayout.EAST);
        return row;
    }

    private void chosen() {
        known.stream().filter(plugin -> plugin.name().equals(kind())).findFirst().ifPresent(plugin -> {
            kind.setToolTipText(plugin.description());
            form = new OptionForm("robot.option", plugin.options(), Map.of(), () -> {});
            options.removeAll();
            options.add(new Section("Options of the driver", form, false));
            options.revalidate();
        });
    }

    private void found(List<String> lines, RobotDesk desk) {
        if (lines.isEmpty()) {
            desk.problem("no robot was found by " + kind());
            return;
        }
        address.removeAllItems();
        // A line is an address, a space, and what answered there.
        lines.stream().map(line -> line.split(" ", 2)[0]).distinct().forEach(address::addItem);
        address.setSelectedIndex(0);
    }

    private String kind() {
        return kind.getSelectedItem() instanceof String name ? name : "";
    }

    /// Commands and cycles as a policy needs them.
    void fit(PolicyManifest manifest) {
        mode.setSelectedItem(manifest.mode().name().toLowerCase(Locale.ROOT));
        rate.setText(String.valueOf(manifest.rate()).replaceFirst("\\.0$", ""));
    }

    /// What is asked for.
    ///
    /// @throws UsageException naming what cannot be
    SessionSpec spec() {
        Object typed = address.getEditor().getItem();
        String where = typed == null ? "" : typed.toString().strip();
        if (where.isEmpty()) {
            throw new UsageException("which robot? Type an address, as " + ("mock".equals(kind()) ? "arm"
                    : "/dev/ttyUSB0") + ", or scan for one");
        }
        CommandMode commands = CommandMode.valueOf(mode.getSelectedItem().toString().toUpperCase(Locale.ROOT));
        SessionSpec.Builder spec = SessionSpec.of(kind(), where).settings(form.settings()).mode(commands)
                .rate(number(rate.getText())).dryRun(dryRun.isSelected()).unwatched(unwatched.isSelected())
                .heartbeat(RobotDesk.HEARTBEAT);
        if (record.isSelected()) {
            spec.recording(Path.of(file.getText().strip()));
        }
        return spec.build();
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException wrong) {
            throw new UsageException("the rate is '" + text + "', it must be a number of cycles per second, 1 to 1000");
        }
    }

    @Override
    public void setEnabled(boolean enabled) {
        super.setEnabled(enabled);
        for (Component each : List.of(kind, address, scan, mode, rate, dryRun, unwatched, record, form)) {
            each.setEnabled(enabled);
        }
        file.setEnabled(enabled && record.isSelected());
    }
}
