package dev.limber.launcher.gui.layout;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.List;

/// A few lines on a translucent ground over the picture: readable on any scene, in any theme.
///
/// @param heading its first line
/// @param rows names and values
public record OverlayCard(String heading, List<Row> rows) {

    private static final Color GROUND = new Color(0x16, 0x19, 0x1E, 205);
    private static final Color TEXT = new Color(0xF2F4F7);
    private static final Color NAME = new Color(0xA6ADB8);
    private static final int PADDING = 10;
    private static final int BETWEEN = 16;

    /// A line.
    ///
    /// @param name what it is
    /// @param value how much it is
    public record Row(String name, String value) {}

    /// Copies the list.
    public OverlayCard {
        rows = List.copyOf(rows);
    }

    /// Paints it with its upper right corner at a place.
    ///
    /// @param font of the values
    /// @param plain of everything else
    public void paint(Graphics2D graphics, int right, int top, Font font, Font plain) {
        int padding = UIScale.scale(PADDING);
        FontMetrics values = graphics.getFontMetrics(font);
        FontMetrics names = graphics.getFontMetrics(plain);
        Font bold = plain.deriveFont(Font.BOLD);
        int line = names.getHeight() + 2;
        int width = width(graphics, font, plain);
        int left = right - width;
        ground(graphics, left, top, width, line * (rows.size() + 1) + 2 * padding);
        int y = top + padding + names.getAscent();
        graphics.setFont(bold);
        graphics.setColor(TEXT);
        graphics.drawString(heading, left + padding, y);
        for (Row row : rows) {
            y += line;
            graphics.setFont(plain);
            graphics.setColor(NAME);
            graphics.drawString(row.name, left + padding, y);
            graphics.setFont(font);
            graphics.setColor(TEXT);
            graphics.drawString(row.value, right - padding - values.stringWidth(row.value), y);
        }
    }

    /// How wide it is painted.
    public int width(Graphics2D graphics, Font font, Font plain) {
        FontMetrics values = graphics.getFontMetrics(font);
        FontMetrics names = graphics.getFontMetrics(plain);
        int nameWidth = rows.stream().mapToInt(row -> names.stringWidth(row.name)).max().orElse(0);
        int valueWidth = rows.stream().mapToInt(row -> values.stringWidth(row.value)).max().orElse(0);
        int inner = Math.max(nameWidth + UIScale.scale(BETWEEN) + valueWidth,
                graphics.getFontMetrics(plain.deriveFont(Font.BOLD)).stringWidth(heading));
        return inner + 2 * UIScale.scale(PADDING);
    }

    /// Paints one line with a dot before it, with its upper left corner at a place.
    ///
    /// @return its width
    public static int pill(Graphics2D graphics, int left, int top, Font font, Color dot, String text) {
        FontMetrics metrics = graphics.getFontMetrics(font);
        int padding = UIScale.scale(PADDING);
        int height = metrics.getHeight() + padding;
        int size = UIScale.scale(8);
        int width = metrics.stringWidth(text) + 2 * padding + size + padding / 2;
        ground(graphics, left, top, width, height);
        graphics.setColor(dot);
        graphics.fillOval(left + padding, top + (height - size) / 2, size, size);
        graphics.setFont(font);
        graphics.setColor(TEXT);
        graphics.drawString(text, left + padding + size + padding / 2, top + padding / 2 + metrics.getAscent());
        return width;
    }

    private static void ground(Graphics2D graphics, int x, int y, int width, int height) {
        graphics.setColor(GROUND);
        int arc = UIScale.scale(10);
        graphics.fillRoundRect(x, y, width, height, arc, arc);
    }
}
