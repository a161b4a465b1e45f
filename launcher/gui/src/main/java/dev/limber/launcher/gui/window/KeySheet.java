package dev.limber.launcher.gui.window;

import dev.limber.launcher.gui.layout.Margin;
import com.formdev.flatlaf.util.UIScale;
import dev.limber.launcher.gui.layout.FormColumn;
import dev.limber.launcher.gui.run.RunControls;
import java.awt.Component;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.GridLayout;
import java.awt.Insets;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.swing.Action;
import javax.swing.InputMap;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.KeyStroke;

/// All keys on one sheet: those of the menus, and those that panels have while they are worked in.
final class KeySheet {

    private static final int COLUMNS = 3;

    private final JDialog dialog;

    /// A key and what it does.
    private record Key(KeyStroke stroke, String does) {}

    KeySheet(JFrame window, List<JMenu> menus, List<PanelFrame> panels) {
        dialog = new JDialog(window, "Keys");
        var groups = new LinkedHashMap<String, List<Key>>();
        menus.forEach(menu -> groups.put(menu.getText(), of(menu)));
        panels.forEach(panel -> groups.put("In " + panel.title(), of(panel)));
        groups.values().removeIf(List::isEmpty);
        dialog.setContentPane(sheet(groups));
        dialog.getRootPane().registerKeyboardAction(_ -> dialog.dispose(),
                KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
        dialog.pack();
        dialog.setResizable(false);
        dialog.setLocationRelativeTo(window);
    }

    void open() {
        dialog.setVisible(true);
    }

    private static List<Key> of(JMenu menu) {
        var keys = new ArrayList<Key>();
        for (Component each : menu.getMenuComponents()) {
            if (each instanceof JMenu inner) {
                keys.addAll(of(inner));
            } else if (each instanceof JMenuItem item && item.getAccelerator() != null) {
                keys.add(new Key(item.getAccelerator(), item.getText()));
            }
        }
        return keys;
    }

    private static List<Key> of(PanelFrame panel) {
        var keys = new ArrayList<Key>();
        for (Component each : panel.getComponents()) {
            if (each instanceof JComponent content) {
                InputMap map = content.getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT);
                KeyStroke[] own = map.keys();
                for (KeyStroke stroke : own == null ? new KeyStroke[0] : own) {
                    Optional.ofNullable(content.getActionMap().get(map.get(stroke)))
                            .map(action -> action.getValue(Action.NAME))
                            .ifPresent(does -> keys.add(new Key(stroke, does.toString())));
                }
            }
        }
        keys.sort(Comparator.comparing(Key::does));
        return keys;
    }

    /// Each group goes where there is most room.
    private static JComponent sheet(Map<String, List<Key>> groups) {
        var sheet = new JPanel(new GridLayout(1, COLUMNS, UIScale.scale(40), 0));
        sheet.setBorder(Margin.of(18, 22, 22, 22));
        var columns = Stream.generate(FormColumn::new).limit(COLUMNS).toList();
        columns.forEach(sheet::add);
        groups.forEach((heading, keys) -> {
            FormColumn column = columns.stream().min(Comparator.comparing(each -> each.getPreferredSize().height))
                    .orElseThrow();
            column.add(group(heading, keys), column.getComponentCount() == 0 ? 0 : 18);
        });
        return sheet;
    }

    private static JComponent group(String heading, List<Key> keys) {
        var group = new JPanel(new GridBagLayout());
        var title = new JLabel(heading);
        title.putClientProperty("FlatLaf.styleClass", "h3");
        var at = new GridBagConstraints();
        at.gridwidth = 2;
        at.anchor = GridBagConstraints.WEST;
        at.insets = UIScale.scale(new Insets(0, 0, 8, 0));
        group.add(title, at);
        at.gridwidth = 1;
        for (int i = 0; i < keys.size(); i++) {
            at.gridy = i + 1;
            at.gridx = 0;
            at.weightx = 1;
            at.anchor = GridBagConstraints.WEST;
            at.insets = UIScale.scale(new Insets(3, 0, 3, 28));
            group.add(new JLabel(keys.get(i).does()), at);
            at.gridx = 1;
            at.weightx = 0;
            at.anchor = GridBagConstraints.EAST;
            at.insets = UIScale.scale(new Insets(3, 0, 3, 0));
            var key = new JLabel(RunControls.text(keys.get(i).stroke()));
            key.setFont(key.getFont().deriveFont(Font.BOLD));
            group.add(key, at);
        }
        return group;
    }
}
