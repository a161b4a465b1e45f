package dev.limber.launcher.gui.window;

import dev.limber.launcher.gui.layout.Margin;
import dev.limber.launcher.gui.icon.Icons;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.BorderLayout;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.UIManager;

/// A line above a panel about something that did not work.
final class WarningBar extends JPanel {

    /// @param line what did not work
    /// @param read takes the bar away
    WarningBar(String line, Runnable read) {
        super(new BorderLayout(8, 0));
        setName("warning");
        setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createMatteBorder(0, 0, 2, 0, UIManager.getColor(Theme.FAILED)),
                Margin.of(6, 10, 6, 6)));
        setBackground(UIManager.getColor(Theme.RAISED));
        var icon = new JLabel(Icons.WARNING.in(Theme.FAILED));
        icon.setVerticalAlignment(JLabel.TOP);
        var text = new JTextArea(line);
        text.setName("warning.text");
        text.setEditable(false);
        text.setLineWrap(true);
        text.setWrapStyleWord(true);
        text.setOpaque(false);
        text.setBorder(BorderFactory.createEmptyBorder());
        var close = new JButton(Icons.REMOVE);
        close.putClientProperty("JButton.buttonType", "toolBarButton");
        close.setToolTipText("Dismiss");
        close.addActionListener(click -> read.run());
        add(icon, BorderLayout.WEST);
        add(text, BorderLayout.CENTER);
        add(close, BorderLayout.EAST);
    }
}
