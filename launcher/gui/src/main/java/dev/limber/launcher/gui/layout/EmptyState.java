package dev.limber.launcher.gui.layout;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.launcher.gui.icon.LineIcon;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.Graphics;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.Optional;
import javax.swing.Action;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.UIManager;

/// What a panel shows while there is nothing in it: what would be there, and how to get it.
public final class EmptyState extends JPanel {

    private static final int ENLARGED = 2;

    /// @param heading what is missing
    /// @param text how to get it; may be HTML
    /// @param action a button for it
    public EmptyState(LineIcon icon, String heading, String text, Optional<Action> action) {
        super(new GridBagLayout());
        setOpaque(false);
        var at = new GridBagConstraints();
        at.gridx = 0;
        at.insets = UIScale.scale(new Insets(0, 24, 10, 24));
        add(new JLabel(new Enlarged(icon.in(Theme.MUTED))), at);
        var title = new JLabel(heading);
        title.putClientProperty("FlatLaf.styleClass", "h4");
        at.insets = UIScale.scale(new Insets(0, 24, 4, 24));
        add(title, at);
        var lines = new MutedLabel("<html><center>" + text + "</center></html>");
        add(lines, at);
        action.ifPresent(each -> {
            at.insets = UIScale.scale(new Insets(10, 24, 0, 24));
            add(new JButton(each), at);
        });
    }

    /// Text that matters less, in every theme.
    public static final class MutedLabel extends JLabel {

        /// @param text what it says
        public MutedLabel(String text) {
            super(text);
        }

        @Override
        public void updateUI() {
            super.updateUI();
            setForeground(UIManager.getColor(Theme.MUTED));
        }
    }

    private record Enlarged(Icon icon) implements Icon {

        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            Graphics2D drawing = (Graphics2D) graphics.create();
            drawing.translate(x, y);
            drawing.scale(ENLARGED, ENLARGED);
            icon.paintIcon(component, drawing, 0, 0);
            drawing.dispose();
        }

        @Override
        public int getIconWidth() {
            return ENLARGED * UIScale.scale(16);
        }

        @Override
        public int getIconHeight() {
            return ENLARGED * UIScale.scale(16);
        }
    }
}
