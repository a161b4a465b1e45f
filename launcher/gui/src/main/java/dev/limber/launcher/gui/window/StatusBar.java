package dev.limber.launcher.gui.window;

import dev.limber.launcher.gui.layout.Margin;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.gui.FramesDrawn;
import dev.limber.api.gui.Run;
import dev.limber.api.gui.RunsChanged;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.theme.Theme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.UIManager;

/// What goes on, at the lower edge of the window.
final class StatusBar extends JPanel {

    private final JLabel running = label("status.running");
    private final JLabel steps = label("status.steps");
    private final JLabel frames = label("status.frames");
    private final JLabel device = label("status.device");
    private final JLabel message = label("status.message");

    StatusBar(Workbench workbench, Path runs) {
        setLayout(new BoxLayout(this, BoxLayout.LINE_AXIS));
        setOpaque(false);
        setBorder(Margin.of(3, 10, 4, 10));
        running.setIcon(Icons.DOT.in(Theme.MUTED));
        add(running);
        add(Box.createHorizontalStrut(18));
        add(steps);
        add(Box.createHorizontalStrut(18));
        add(message);
        add(Box.createHorizontalGlue());
        add(frames);
        add(Box.createHorizontalStrut(18));
        add(device);
        add(Box.createHorizontalStrut(18));
        JLabel folder = label("status.runs");
        folder.setText(runs.toString());
        folder.setIcon(Icons.FOLDER);
        folder.setToolTipText("Runs are kept in " + runs.toAbsolutePath().normalize());
        add(folder);
        workbench.on(RunsChanged.class, event -> show(event.runs()));
        workbench.on(FramesDrawn.class, this::show);
        show(List.of());
    }

    private static JLabel label(String name) {
        var label = new JLabel();
        label.setName(name);
        label.putClientProperty("FlatLaf.styleClass", "small");
        label.setIconTextGap(5);
        return label;
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setForeground(UIManager.getColor(Theme.MUTED));
    }

    private void show(List<Run> runs) {
        List<Run> live = runs.stream().filter(Run::live).toList();
        long atWork = live.stream().filter(run -> run.status().phase() == Phase.RUNNING).count();
        running.setText(live.isEmpty() ? "Idle"
                : atWork + " running"
                        + (atWork == live.size() ? "" : ", " + (live.size() - atWork) + " paused"));
        running.setIcon(Icons.DOT.in(atWork > 0 ? Theme.RUNNING : live.isEmpty() ? Theme.MUTED : Theme.PAUSED));
        double rate = live.stream().filter(run -> run.status().phase() == Phase.RUNNING)
                .mapToDouble(run -> run.status().stepsPerSecond()).sum();
        steps.setText(atWork == 0 ? "" : String.format(Locale.ROOT, "%,.0f steps/s", rate));
    }

    private void show(FramesDrawn event) {
        frames.setText(event.framesPerSecond() > 0
                ? String.format(Locale.ROOT, "%.0f frames/s", event.framesPerSecond())
                : "");
        device.setText(event.device());
    }

    /// Says something that no panel can say.
    void say(String line) {
        message.setIcon(Icons.WARNING.in(Theme.FAILED));
        message.setText(line);
        message.setToolTipText(line);
    }
}
