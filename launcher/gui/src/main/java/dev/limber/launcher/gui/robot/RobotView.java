package dev.limber.launcher.gui.robot;

import dev.limber.launcher.gui.layout.Margin;
import com.formdev.flatlaf.util.UIScale;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.gui.BundlesChanged;
import dev.limber.api.gui.RunsChanged;
import dev.limber.api.gui.Workbench;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Limit;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Phase;
import dev.limber.api.session.RobotSession;
import dev.limber.api.session.SessionStatus.Latency;
import dev.limber.api.session.SessionStatus;
import dev.limber.launcher.gui.form.OptionForm;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.icon.LineIcon;
import dev.limber.launcher.gui.layout.EmptyState.MutedLabel;
import dev.limber.launcher.gui.layout.FormColumn;
import dev.limber.launcher.gui.layout.ToolBar;
import dev.limber.launcher.gui.plot.LivePlot;
import dev.limber.launcher.gui.robot.Drivers.Driver;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GridLayout;
import java.awt.event.ActionEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.UIManager;

/// A robot in a control session: what to do at the left, how it is at the right, and the stop button above all.
final class RobotView extends JPanel {

    private static final int FORM = 320;
    private static final int SELDOM = 4;

    private final Workbench workbench;
    private final RobotDesk desk;
    private final Drivers drivers;
    private final ConnectForm form;
    private final JLabel phase = new JLabel();
    private final JLabel reason = new JLabel();
    private final JLabel problem = new JLabel();
    private final StopButton stop = new StopButton();
    private final Map<SessionAction, Predicate<Phase>> actions = new LinkedHashMap<>();
    private final JComboBox<Driver> driver = new JComboBox<>();
    private final JPanel driverOptions = new JPanel(new BorderLayout());
    private OptionForm driverForm = new OptionForm("robot.driver", List.of(), Map.of(), () -> {});
    private final JointBars bars = new JointBars();
    private final LimitsTable limits;
    private final JTable limitsTable;
    private final JLabel figures = new JLabel();
    private final JLabel drives = new JLabel();
    private final JComboBox<String> joint = new JComboBox<>();
    private final JointHistory history = new JointHistory();
    private final JPanel plots = new JPanel(new GridLayout(1, 2, 10, 0));
    private Optional<LivePlot> positions = Optional.empty();
    private Optional<LivePlot> commands = Optional.empty();
    private List<Driver> known = List.of();
    private boolean filling;
    private boolean byUser;
    private int ticks;

    /// @param desk has the session
    RobotView(Workbench workbench, RobotDesk desk, Catalog catalog, Drivers drivers) {
        super(new BorderLayout());
        this.workbench = workbench;
        this.desk = desk;
        this.drivers = drivers;
        form = new ConnectForm(catalog, desk);
        limits = new LimitsTable(this::narrow, desk::problem);
        limitsTable = new JTable(limits);
        limitsTable.setName("robot.limits");
        limitsTable.putClientProperty("terminateEditOnFocusLost", true);
        add(head(), BorderLayout.NORTH);
        var middle = new JPanel(new BorderLayout());
        middle.setOpaque(false);
        middle.add(left(), BorderLayout.WEST);
        middle.add(right(), BorderLayout.CENTER);
        add(middle, BorderLayout.CENTER);
        workbench.on(RunsChanged.class, _ -> listDrivers());
        workbench.on(BundlesChanged.class, _ -> {
            form.look();
            listDrivers();
        });
        listDrivers();
        desk.show(_ -> update());
        update();
    }

    // What there is.

    private JComponent head() {
        phase.setName("robot.phase");
        phase.putClientProperty("FlatLaf.styleClass", "h00");
        reason.setName("robot.reason");
        reason.putClientProperty("FlatLaf.styleClass", "h3");
        problem.setName("robot.problem");
        problem.putClientProperty("FlatLaf.style", "foreground: $Limber.failed");
        var warning = new MutedLabel(
                html("This is no safety-rated stop. Keep a switch within reach that cuts the robot's power."));
        warning.setName("robot.warning");
        warning.setIcon(Icons.WARNING.in(Theme.PAUSED));
        var words = new FormColumn();
        words.add(phase, 0);
        words.add(reason, 2);
        words.add(problem, 2);
        words.add(warning, 6);
        stop.addActionListener(_ -> desk.stopNow("stop button"));
        var beside = new JPanel(new BorderLayout());
        beside.setOpaque(false);
        beside.add(stop, BorderLayout.NORTH);
        var head = new JPanel(new BorderLayout(UIScale.scale(16), 0));
        head.setOpaque(false);
        head.setBorder(Margin.of(10, 14, 4, 14));
        head.add(words, BorderLayout.CENTER);
        head.add(beside, BorderLayout.EAST);
        var all = new JPanel(new BorderLayout());
        all.setOpaque(false);
        all.add(head, BorderLayout.CENTER);
        all.add(toolBar(), BorderLayout.SOUTH);
        return all;
    }

    private JComponent toolBar() {
        var bar = new ToolBar();
        named(bar
                .primary(action("Connect", Icons.PROCEED, "Connects and reads; energises nothing", Phase.CLOSED::equals,
                        this::connect)));
        bar.add(Box.createHorizontalStrut(UIScale.scale(10)));
        named(bar.labelled(action("Calibrate", Icons.CHECK, "You vouch for what is measured", Phase.CONNECTED::equals,
                () -> desk.request("calibrating", RobotSession::calibrate))));
        named(bar.labelled(action("Arm", Icons.DOT, "Energises; the robot stays where it stands",
                now -> now == Phase.CALIBRATED || now == Phase.DAMP || now == Phase.STOPPED,
                () -> desk.request("arming", RobotSession::arm))));
        named(bar.labelled(action("Run", Icons.PROCEED, "Lets the chosen policy or controller drive",
                now -> now == Phase.ARMED || now == Phase.RUNNING || now == Phase.HOLD, this::run)));
        named(bar.labelled(action("Hold", Icons.PAUSE, "Comes to rest within the limits and stays there",
                now -> now == Phase.ARMED || now == Phase.RUNNING,
                () -> desk.request("coming to rest", RobotSession::hold))));
        named(bar.labelled(action("Damp", null, "All joints resist motion and keep no position",
                now -> now == Phase.ARMED || now == Phase.RUNNING || now == Phase.HOLD,
                () -> desk.request("damping", RobotSession::damp))));
        named(bar.labelled(action("Stop", Icons.STOP, "Comes to rest within the limits, then stops as each joint does",
                now -> now == Phase.ARMED || now == Phase.RUNNING || now == Phase.HOLD || now == Phase.DAMP,
                () -> desk.request("stopping", RobotSession::stop))));
        bar.add(Box.createHorizontalStrut(UIScale.scale(10)));
        named(bar.labelled(
                action("Reset", Icons.REFRESH, "Leaves the fault, where its cause is gone", Phase.FAULT::equals,
                        () -> desk.request("resetting", RobotSession::reset))));
        named(bar.labelled(action("Disconnect", Icons.REMOVE, "Stops the robot and lets go of it",
                now -> now != Phase.CLOSED || desk.session().isPresent(), desk::disconnect)));
        return bar;
    }

    /// Other panels have buttons of the same names.
    private static void named(JButton button) {
        button.setName("robot." + button.getName().toLowerCase(Locale.ROOT));
    }

    private SessionAction action(String name, LineIcon icon, String tip, Predicate<Phase> possible, Runnable work) {
        var action = new SessionAction(name, icon, tip, work);
        actions.put(action, possible);
        return action;
    }

    private JComponent left() {
        driver.setName("robot.driver");
        driver.setToolTipText("Whose commands the robot follows: the newest policy of a run, or a controller");
        driver.addActionListener(_ -> chosen());
        driverOptions.setOpaque(false);
        var column = new FormColumn();
        column.add(heading("Robot"), 0);
        column.add(form, 6);
        column.add(heading("Who drives"), 16);
        column.add(driver, 6);
        column.add(driverOptions, 4);
        JScrollPane scrolling = column.scrolling();
        scrolling.setPreferredSize(new Dimension(UIScale.scale(FORM), 0));
        return scrolling;
    }

    private JComponent right() {
        figures.setName("robot.figures");
        figures.setFont(UIManager.getFont("monospaced.font"));
        drives.setName("robot.drives");
        drives.putClientProperty("FlatLaf.styleClass", "small");
        joint.setName("robot.joint");
        joint.addActionListener(_ -> newPlots());
        plots.setOpaque(false);
        var table = new JPanel(new BorderLayout());
        table.setOpaque(false);
        limitsTable.getTableHeader().putClientProperty("FlatLaf.styleClass", "small");
        table.add(limitsTable.getTableHeader(), BorderLayout.NORTH);
        table.add(limitsTable, BorderLayout.CENTER);
        var plotted = new JPanel(new BorderLayout(UIScale.scale(8), 0));
        plotted.setOpaque(false);
        plotted.add(heading("Last seconds of joint"), BorderLayout.WEST);
        var chooser = new JPanel(new BorderLayout());
        chooser.setOpaque(false);
        chooser.add(joint, BorderLayout.WEST);
        plotted.add(chooser, BorderLayout.CENTER);

        var column = new FormColumn();
        column.add(heading("Joints"), 0);
        column.add(bars, 6);
        column.add(plotted, 10);
        column.add(plots, 6);
        column.add(
                heading(html(
                        "Limits, which hold for whoever drives; a cell can be narrowed while nothing is energised")),
                14);
        column.add(table, 4);
        column.add(heading("The loop"), 14);
        column.add(figures, 4);
        column.add(drives, 6);
        JScrollPane scrolling = column.scrolling();
        scrolling.setBorder(BorderFactory.createEmptyBorder());
        return scrolling;
    }

    private static JLabel heading(String text) {
        var label = new JLabel(text);
        label.putClientProperty("FlatLaf.styleClass", "semibold");
        return label;
    }

    // What users do.

    private void connect() {
        try {
            history.clear();
            desk.connect(form.spec());
        } catch (UsageException refused) {
            desk.problem(refused.getMessage());
        }
    }

    private void run() {
        if (driver.getSelectedItem() instanceof Driver chosen) {
            Map<String, String> settings = driverForm.settings();
            desk.request("letting " + chosen + " drive", session -> drivers.drive(session, chosen, settings));
        } else {
            desk.problem("there is nobody who could drive: train a policy, or install a controller");
        }
    }

    private void narrow(Limits changed) {
        desk.request("narrowing a limit", session -> session.limit(changed));
    }

    private void listDrivers() {
        List<Driver> all = drivers.all(workbench.runs());
        if (!all.equals(known)) {
            Object before = driver.getSelectedItem();
            known = all;
            filling = true;
            driver.removeAllItems();
            all.forEach(driver::addItem);
            // The newest run, until somebody has chosen or drives.
            boolean stays = (byUser || desk.session().isPresent()) && all.contains(before);
            driver.setSelectedItem(stays ? before : all.isEmpty() ? null : all.getFirst());
            filling = false;
            showDriver();
        }
    }

    private void chosen() {
        if (!filling) {
            byUser = true;
            showDriver();
        }
    }

    private void showDriver() {
        driverOptions.removeAll();
        driverForm = new OptionForm("robot.driver", List.of(), Map.of(), () -> {});
        switch (driver.getSelectedItem()) {
            case Driver.OfPlugin plugin -> {
                driverForm = new OptionForm("robot.driver", plugin.plugin().options(), Map.of(), () -> {});
                driverOptions.add(driverForm);
            }
            case Driver.OfRun run -> {
                if (desk.session().isEmpty()) {
                    workbench.inBackground(() -> fitting(run), manifest -> {
                        if (run.equals(driver.getSelectedItem()) && desk.session().isEmpty()) {
                            manifest.ifPresent(form::fit);
                        }
                    });
                }
            }
            case null, default -> {
                // nobody
            }
        }
        driverOptions.revalidate();
    }

    /// A run that has no policy yet, or one that fits no robot, is told of when it shall drive.
    private Optional<PolicyManifest> fitting(Driver.OfRun run) {
        try {
            return drivers.manifest(run);
        } catch (RuntimeException later) {
            return Optional.empty();
        }
    }

    // How it is.

    private void update() {
        Optional<SessionStatus> status = desk.status();
        Phase now = desk.phase();
        boolean idle = desk.busy().isEmpty();
        phase.setText(idle ? now + (status.filter(SessionStatus::dryRun).isPresent() ? "  dry run" : "")
                : now + "  " + desk.busy() + " ...");
        phase.setForeground(UIManager.getColor(switch (now) {
            case RUNNING -> Theme.RUNNING;
            case ARMED, HOLD, DAMP -> Theme.PAUSED;
            case FAULT -> Theme.FAILED;
            case CONNECTED, CALIBRATED, STOPPED -> Theme.FINISHED;
            case CLOSED -> Theme.MUTED;
        }));
        reason.setText(html(status.map(RobotView::because).orElse("not connected")));
        reason.setForeground(UIManager.getColor(now == Phase.FAULT ? Theme.FAILED : "Label.foreground"));
        problem.setText(html(desk.problem()));
        problem.setVisible(!desk.problem().isEmpty());
        stop.setEnabled(now != Phase.CLOSED);
        actions.forEach((action, possible) -> action.setEnabled(
                idle && possible.test(now) && (now != Phase.CLOSED || action.opens() == desk.session().isEmpty())));
        if (form.isEnabled() != (desk.session().isEmpty() && idle)) {
            form.setEnabled(desk.session().isEmpty() && idle);
        }
        CommandMode mode = desk.session().map(session -> session.spec().mode()).orElse(CommandMode.POSITION);
        bars.show(status, mode);
        boolean narrows = idle && (now == Phase.CONNECTED || now == Phase.CALIBRATED || now == Phase.STOPPED);
        limits.show(status.map(SessionStatus::limits).orElse(new Limits(List.of(), List.of())), narrows);
        listJoints(status);
        status.ifPresent(s -> history.add(s.cycle()));
        if (++ticks % SELDOM == 0) { // What takes long to draw, or cannot be read as fast.
            figures.setText(status.map(RobotView::figures).orElse(""));
            drives.setText(status.map(this::drives).orElse(""));
            plot(mode);
        }
    }

    private static String because(SessionStatus status) {
        return status.reason() + (status.controller().isEmpty() || status.reason().contains(status.controller()) ? ""
                : " (" + status.controller() + ")");
    }

    /// So that it is wrapped.
    private static String html(String text) {
        return "<html>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</html>";
    }

    private static String figures(SessionStatus status) {
        return "<html><pre>" + String.format(Locale.ROOT, """
                %,d cycles   %,d missed deadlines   %,d late answers
                %,d bad replies   %,d not recorded
                              p50       p99     p99.9       max  [ms]
                wake-up  %s
                cycle    %s
                stop     %s
                limited: %s""", status.cycles(), status.missedDeadlines(), status.lateAnswers(),
                status.failedReplies(), status.unrecorded(), times(status.wakeUp()), times(status.cycleTime()),
                times(status.stopTime()), clips(status.clips())) + "</pre></html>";
    }

    private static String times(Latency latency) {
        return latency.count() == 0 ? "        -         -         -         -"
                : String.format(Locale.ROOT, "%9.3f %9.3f %9.3f %9.3f", 1e3 * latency.p50(), 1e3 * latency.p99(),
                        1e3 * latency.p999(), 1e3 * latency.max());
    }

    private static String clips(Map<Limit, Long> clips) {
        var text = new ArrayList<String>();
        clips.forEach((limit, count) -> {
            if (count > 0) {
                text.add(String.format(Locale.ROOT, "%s %,d",
                        limit.name().toLowerCase(Locale.ROOT).replace('_', ' '), count));
            }
        });
        return text.isEmpty() ? "nothing" : String.join(", ", text);
    }

    private String drives(SessionStatus status) {
        var text = new StringBuilder("<html>").append(status.watchdog()).append("<br>").append(status.realTime());
        DriveHealth health = status.health();
        for (int i = 0; i < Math.min(status.limits().joints().size(), health.errors().length); i++) {
            String figure = (Double.isNaN(health.temperatures()[i]) ? ""
                    : String.format(Locale.ROOT, " %.0f °C", health.temperatures()[i]))
                    + (Double.isNaN(health.voltages()[i]) ? ""
                            : String.format(Locale.ROOT, " %.1f V", health.voltages()[i]))
                    + (health.errors()[i] == null || health.errors()[i].isEmpty() ? ""
                            : " reports " + health.errors()[i]);
            if (!figure.isEmpty()) {
                text.append("<br>").append(status.limits().joints().get(i).joint()).append(":").append(figure);
            }
        }
        desk.session().flatMap(session -> session.spec().recording())
                .ifPresent(file -> text.append("<br>recording into ").append(file));
        return text.append("</html>").toString();
    }

    private void listJoints(Optional<SessionStatus> status) {
        List<String> names = status.map(SessionStatus::limits).map(Limits::joints).orElse(List.of()).stream()
                .map(JointLimits::joint).toList();
        var listed = new ArrayList<String>();
        for (int i = 0; i < joint.getItemCount(); i++) {
            listed.add(joint.getItemAt(i));
        }
        if (!names.isEmpty() && !names.equals(listed)) {
            joint.removeAllItems();
            names.forEach(joint::addItem);
        }
    }

    private void newPlots() {
        plots.removeAll();
        positions = Optional.empty();
        commands = Optional.empty();
        plots.revalidate();
    }

    private void plot(CommandMode mode) {
        int chosen = joint.getSelectedIndex();
        if (chosen < 0) {
            return;
        }
        if (positions.isEmpty()) {
            String name = joint.getItemAt(chosen);
            var above = new LivePlot(name + " position");
            var below = new LivePlot(name + (mode == CommandMode.EFFORT ? " effort" : " velocity"));
            plots.removeAll();
            plots.add(above);
            plots.add(below);
            plots.revalidate();
            positions = Optional.of(above);
            commands = Optional.of(below);
        }
        if (isShowing()) {
            positions.get().show(history.positions(chosen, mode));
            commands.orElseThrow().show(history.commands(chosen, mode));
        }
    }

    private static final class SessionAction extends AbstractAction {

        private final Runnable work;

        SessionAction(String name, Icon icon, String tip, Runnable work) {
            super(name, icon);
            this.work = work;
            putValue(SHORT_DESCRIPTION, tip);
        }

        /// True where it is for when there is no session.
        boolean opens() {
            return getValue(NAME).equals("Connect");
        }

        @Override
        public void actionPerformed(ActionEvent event) {
            work.run();
        }
    }
}
