package dev.limber.launcher.gui.plot;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import javax.swing.Icon;

/// The colour of a run in the legend.
record Swatch(Color color) implements Icon {

    private static final int WIDTH = 14;
    private static final int HEIGHT = 4;

    @Override
    public void paintIcon(Component component, Graphics graphics, int x, int y) {
        graphics.setColor(color);
        graphics.fillRoundRect(x, y, getIconWidth(), getIconHeight(), getIconHeight(), getIconHeight());
    }

    @Override
    public int getIconWidth() {
        return UIScale.scale(WIDTH);
    }

    @Override
    public int getIconHeight() {
        return UIScale.scale(HEIGHT);
    }
}
