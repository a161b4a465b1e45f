package dev.limber.launcher.gui.icon;

import com.formdev.flatlaf.util.UIScale;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Optional;
import java.util.Scanner;
import javax.swing.Icon;
import javax.swing.UIManager;

/// An icon of 16x16 drawn from a path, in the colour of the component it is on.
///
/// The path has the commands `M x y` (move), `L x y` (line), `Q x y x y` (curve), `Z` (close) and `O x y r` (circle).
public final class LineIcon implements Icon {

    private static final int SIZE = 16;

    private final Path2D shape;
    private final boolean filled;
    private final Optional<String> colour;

    private LineIcon(Path2D shape, boolean filled, Optional<String> colour) {
        this.shape = shape;
        this.filled = filled;
        this.colour = colour;
    }

    /// An icon of lines.
    public static LineIcon lines(String path) {
        return new LineIcon(parse(path), false, Optional.empty());
    }

    /// An icon of an area.
    public static LineIcon area(String path) {
        return new LineIcon(parse(path), true, Optional.empty());
    }

    /// The same icon in a colour of the theme.
    ///
    /// @param key in the UI defaults
    public LineIcon in(String key) {
        return new LineIcon(shape, filled, Optional.of(key));
    }

    private static Path2D parse(String text) {
        var path = new Path2D.Double();
        try (var words = new Scanner(text)) {
            while (words.hasNext()) {
                switch (words.next()) {
                    case "M" -> path.moveTo(number(words), number(words));
                    case "L" -> path.lineTo(number(words), number(words));
                    case "Q" -> path.quadTo(number(words), number(words), number(words), number(words));
                    case "Z" -> path.closePath();
                    case "O" -> {
                        double x = number(words);
                        double y = number(words);
                        double r = number(words);
                        path.append(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r), false);
                    }
                    case String other -> throw new IllegalArgumentException(other + " in " + text);
                }
            }
        }
        return path;
    }

    private static double number(Scanner words) {
        return Double.parseDouble(words.next());
    }

    @Override
    public void paintIcon(Component component, Graphics graphics, int x, int y) {
        Graphics2D drawing = (Graphics2D) graphics.create();
        drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawing.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        drawing.translate(x, y);
        UIScale.scaleGraphics(drawing);
        drawing.setColor(colour(component));
        if (filled) {
            drawing.fill(shape);
        } else {
            drawing.setStroke(new BasicStroke(1.3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            drawing.draw(shape);
        }
        drawing.dispose();
    }

    private Color colour(Component component) {
        if (!component.isEnabled()) {
            return UIManager.getColor("Label.disabledForeground");
        }
        Color themed = colour.map(UIManager::getColor).orElse(null);
        return themed == null ? component.getForeground() : themed;
    }

    @Override
    public int getIconWidth() {
        return UIScale.scale(SIZE);
    }

    @Override
    public int getIconHeight() {
        return UIScale.scale(SIZE);
    }
}
