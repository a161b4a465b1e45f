package dev.limber.launcher.gui.robot;

import com.formdev.flatlaf.util.UIScale;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.JButton;

/// The one button that must be found without looking for it.
final class StopButton extends JButton {

    private static final Color RED = new Color(0xD3, 0x1F, 0x2B);
    private static final Color PRESSED = new Color(0x9E, 0x12, 0x1C);
    private static final Color OFF = new Color(0xD3, 0x1F, 0x2B, 70);
    private static final Color RIM = new Color(0xF5, 0xC5, 0x18);

    StopButton() {
        setName("robot.stopNow");
        setToolTipText("Stops the robot at once (Escape)");
        getAccessibleContext().setAccessibleName("Stop at once");
        setContentAreaFilled(false);
        setBorderPainted(false);
        setFocusable(false);
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(UIScale.scale(190), UIScale.scale(92));
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D drawing = (Graphics2D) graphics.create();
        drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawing.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        int rim = UIScale.scale(4);
        int arc = UIScale.scale(18);
        drawing.setColor(!isEnabled() ? OFF : getModel().isPressed() ? PRESSED : RED);
        drawing.fillRoundRect(rim / 2, rim / 2, getWidth() - rim, getHeight() - rim, arc, arc);
        if (isEnabled()) {
            drawing.setColor(RIM);
            drawing.setStroke(new BasicStroke(rim));
            drawing.drawRoundRect(rim / 2, rim / 2, getWidth() - rim, getHeight() - rim, arc, arc);
        }
        drawing.setColor(isEnabled() ? Color.WHITE : new Color(255, 255, 255, 110));
        centered(drawing, "STOP", getFont().deriveFont(Font.BOLD, UIScale.scale(32f)), getHeight() * 0.52);
        centered(drawing, "Escape", getFont().deriveFont(UIScale.scale(12f)), getHeight() * 0.8);
        drawing.dispose();
    }

    private void centered(Graphics2D drawing, String text, Font font, double baseline) {
        drawing.setFont(font);
        drawing.drawString(text, (getWidth() - drawing.getFontMetrics().stringWidth(text)) / 2, (int) baseline);
    }
}
