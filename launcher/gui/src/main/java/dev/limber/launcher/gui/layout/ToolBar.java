package dev.limber.launcher.gui.layout;

import java.awt.BorderLayout;
import javax.swing.Action;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JToolBar;

/// The bar of buttons at the top of a panel.
public final class ToolBar extends JToolBar {

    /// The style of a button for what users mostly want.
    public static final String PRIMARY = "background: $Button.default.background;"
            + " foreground: $Button.default.foreground; borderColor: $Button.default.borderColor;"
            + " hoverBackground: $Button.default.hoverBackground;"
            + " pressedBackground: $Button.default.pressedBackground";

    /// An empty bar.
    public ToolBar() {
        setFloatable(false);
        setOpaque(false);
        setBorder(Margin.of(5, 8, 5, 8));
    }

    /// Adds a button that shows its icon alone.
    public JButton icon(Action action) {
        JButton button = add(action);
        button.setName(action.getValue(Action.NAME).toString());
        button.setFocusable(false);
        return button;
    }

    /// Adds a button with icon and text.
    public JButton labelled(Action action) {
        var button = new JButton(action);
        button.setName(action.getValue(Action.NAME).toString());
        button.setFocusable(false);
        add(button);
        return button;
    }

    /// Adds the button for what users mostly want.
    public JButton primary(Action action) {
        var button = new JButton(action);
        button.setName(action.getValue(Action.NAME).toString());
        button.setFocusable(false);
        button.putClientProperty("FlatLaf.style", PRIMARY);
        var frame = new JPanel(new BorderLayout()); // directly in a bar, buttons are not filled
        frame.setOpaque(false);
        frame.add(button);
        frame.setMaximumSize(button.getPreferredSize());
        add(frame);
        return button;
    }
}
