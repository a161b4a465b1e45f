package dev.limber.launcher.gui.window;

import com.formdev.flatlaf.ui.FlatEmptyBorder;
import com.formdev.flatlaf.util.UIScale;
import dev.limber.launcher.gui.run.RunControls;
import java.awt.Component;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.event.KeyEvent;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.KeyStroke;

/// All keys on one sheet.
final class KeySheet {

    private static final int COLUMNS = 3;

    private final JDialog dialog;

    KeySheet(JFrame window, List<JMenu> menus) {
        dialog = new JDialog(window, "Keys");
        var content = new JPanel(new GridBagLayout());
        content.setBorder(new FlatEmptyBorder(18, 22, 22, 22));
        for (int i = 0; i < menus.size(); i++) {
            var at = new GridBagConstraints();
            at.gridx = i % COLUMNS;
            at.anchor = GridBagConstraints.NORTHWEST;
            at.insets = UIScale.scale(new Insets(0, i % COLUMNS == 0 ? 0 : 36, 0, 0));
            at.weighty = 1;
            content.add(column(menus.get(i)), at);
        }
        dialog.setContentPane(content);
        dialog.getRootPane().registerKeyboardAction(_ -> dialog.dispose(),
                KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
        dialog.pack();
        dialog.setResizable(false);
        dialog.setLocationRelativeTo(window);
    }

    void open() {
        dialog.setVisible(true);
    }

    private static JComponent column(JMenu menu) {
        var column = new JPanel(new GridBagLayout());
        var heading = new JLabel(menu.getText());
        heading.putClientProperty("FlatLaf.styleClass", "h3");
        var at = new GridBagConstraints();
        at.gridwidth = 2;
        at.anchor = GridBagConstraints.WEST;
        at.insets = UIScale.scale(new Insets(0, 0, 8, 0));
        column.add(heading, at);
        int row = 1;
        for (Component each : menu.getMenuComponents()) {
            switch (each) {
                case JMenu inner -> {
                    for (Component panel : inner.getMenuComponents()) {
                        row = line(column, (JMenuItem) panel, row);
                    }
                }
                case JMenuItem item -> row = line(column, item, row);
                default -> {
                    // a line between groups
                }
            }
        }
        return column;
    }

    private static int line(JPanel column, JMenuItem item, int row) {
        if (item.getAccelerator() == null) {
            return row;
        }
        var at = new GridBagConstraints();
        at.gridy = row;
        at.anchor = GridBagConstraints.WEST;
        at.insets = UIScale.scale(new Insets(3, 0, 3, 28));
        column.add(new JLabel(item.getText()), at);
        at.gridx = 1;
        at.anchor = GridBagConstraints.EAST;
        at.insets = UIScale.scale(new Insets(3, 0, 3, 0));
        var key = new JLabel(RunControls.text(item.getAccelerator()));
        key.setFont(key.getFont().deriveFont(Font.BOLD));
        column.add(key, at);
        return row + 1;
    }
}
