package dev.limber.launcher.gui.window;

import dev.limber.api.experiment.Experiments;
import dev.limber.api.gui.Workbench;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.robot.RecordingPlayer;
import dev.limber.launcher.gui.robot.RobotPanel;
import dev.limber.launcher.gui.robot.StopAsked;
import dev.limber.launcher.gui.run.RunControls;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.event.ActionEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.swing.AbstractAction;
import javax.swing.Action;
import javax.swing.Box;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JCheckBoxMenuItem;
import javax.swing.JFileChooser;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.JMenuItem;
import javax.swing.KeyStroke;
import javax.swing.filechooser.FileNameExtensionFilter;

/// The menu bar, and with it the keys.
final class Menus {

    private final MainWindow window;
    private final Workbench workbench;
    private final JMenuBar bar = new JMenuBar();
    private final JMenu panels = new JMenu("Panels");
    private final JButton theme = new JButton();
    private final List<JMenu> menus = new ArrayList<>();

    Menus(MainWindow window, Workbench workbench, Experiments experiments, RecordingPlayer recordings) {
        this.window = window;
        this.workbench = workbench;
        var controls = new RunControls(workbench, experiments);
        menu("Run", action("New experiment", Icons.ADD, "ctrl N", () -> workbench.show("limber.start")), null,
                controls.pause, controls.proceed, controls.stop, controls.resume, null, controls.checkpoint,
                controls.evaluate, controls.compare, null, action("Quit", null, "ctrl Q", window::quit));
        JMenu view = menu("View", action("Light or dark", Icons.SUN, "F8", window::toggleTheme), null,
                action("Larger", null, "ctrl EQUALS", Theme::larger),
                action("Smaller", null, "ctrl MINUS", Theme::smaller),
                action("Usual size", null, "ctrl 0", () -> Theme.zoom(window.usualZoom() / 100f)), null,
                action("Reset layout", Icons.REFRESH, "ctrl shift L", window::resetLayout));
        view.insert(panels, 0);
        view.insertSeparator(1);
        menu("Robot", action("Drive a robot", null, "ctrl D", () -> workbench.show(RobotPanel.ID)),
                action("Stop it at once", Icons.STOP, "ESCAPE", () -> workbench.publish(new StopAsked("menu"))), null,
                action("Open recording", Icons.FOLDER, "ctrl O", () -> openRecording(recordings)));
        menu("Help", action("Keys", Icons.HELP, "F1", this::help));

        bar.add(Box.createHorizontalGlue());
        button(theme, "Light or dark (F8)", window::toggleTheme);
        themeChanged();
        var keys = new JButton(Icons.HELP);
        button(keys, "Keys (F1)", this::help);
    }

    JMenuBar bar() {
        return bar;
    }

    private void button(JButton button, String tip, Runnable work) {
        button.putClientProperty("JButton.buttonType", "toolBarButton");
        button.setName(tip.replaceFirst(" \\(.*", ""));
        button.setFocusable(false);
        button.setToolTipText(tip);
        button.addActionListener(click -> work.run());
        bar.add(button);
    }

    void themeChanged() {
        theme.setIcon(Theme.current() == Theme.DARK ? Icons.SUN : Icons.MOON);
    }

    private JMenu menu(String name, Action... actions) {
        var menu = new JMenu(name);
        for (Action action : actions) {
            if (action == null) {
                menu.addSeparator();
            } else {
                menu.add(new JMenuItem(action)).setToolTipText(null);
            }
        }
        menus.add(menu);
        return bar.add(menu);
    }

    private static Action action(String name, Icon icon, String key, Runnable work) {
        var action = new AbstractAction(name, icon) {

            @Override
            public void actionPerformed(ActionEvent event) {
                work.run();
            }
        };
        action.putValue(Action.ACCELERATOR_KEY, KeyStroke.getKeyStroke(key));
        return action;
    }

    /// Lists the panels that there are, each with a key.
    void listPanels() {
        panels.removeAll();
        int number = 1;
        for (PanelFrame frame : window.area().frames()) {
            var item = new JCheckBoxMenuItem(frame.title(), frame.getIcon(), window.area().shown(frame));
            if (number <= 9) {
                item.setAccelerator(KeyStroke.getKeyStroke("alt " + number));
            }
            item.addActionListener(click -> {
                // A key brings a panel to the front; the menu also takes it away.
                if (item.isSelected() || (click.getModifiers() & ActionEvent.ALT_MASK) != 0) {
                    window.area().show(frame);
                    item.setSelected(true);
                } else {
                    window.area().hide(frame);
                }
            });
            panels.add(item);
            number++;
        }
    }

    private void openRecording(RecordingPlayer recordings) {
        var chooser = new JFileChooser(Path.of("").toAbsolutePath().toFile());
        chooser.setDialogTitle("Open a recorded session");
        chooser.setFileFilter(new FileNameExtensionFilter("recorded sessions (*.mcap)", "mcap"));
        if (chooser.showOpenDialog(window.frame()) == JFileChooser.APPROVE_OPTION) {
            recordings.open(workbench, chooser.getSelectedFile().toPath());
        }
    }

    private void help() {
        new KeySheet(window.frame(), menus, window.area().frames()).open();
    }
}
