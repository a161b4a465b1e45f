package dev.limber.study.plot;

import java.awt.BasicStroke;
import java.awt.Color;

/// Colours that people with any kind of colour vision can tell apart, after Okabe and Ito, "Color Universal Design"
/// (2008), without yellow, which is too faint for a line on white. Beyond the last colour they start over with dashes.
final class Palette {

    static final Color TEXT = new Color(0x222222);
    static final Color FAINT_TEXT = new Color(0x666666);
    static final Color AXIS = new Color(0x888888);
    static final Color GRID = new Color(0xE6E6E6);

    private static final Color[] COLORS = {new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73),
        new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9), new Color(0x000000)};
    private static final float[][] DASHES = {null, {8, 4}, {2, 3}, {8, 3, 2, 3}};

    private Palette() {}

    static Color color(int line) {
        return COLORS[line % COLORS.length];
    }

    /// The line's colour, to lie under other bands and be seen through.
    static Color band(int line) {
        Color color = color(line);
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), 46);
    }

    static BasicStroke stroke(int line, float width) {
        float[] dash = DASHES[line / COLORS.length % DASHES.length];
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }
}
