package dev.limber.launcher.gui.plot;

import java.awt.BorderLayout;
import java.awt.Color;
import java.util.List;
import java.util.OptionalDouble;
import javax.swing.JPanel;

/// One quantity over the time, for panels that measure it themselves; read, zoomed and dragged as every plot.
public final class LivePlot extends JPanel {

    private final PlotCard card;

    /// A line in the plot.
    ///
    /// @param label what it is of
    /// @param color its colour
    /// @param x rising; NaN where it is not known [points]
    /// @param y NaN where it is not known [points]
    public record Line(String label, Color color, double[] x, double[] y) {}

    /// @param title what is plotted
    public LivePlot(String title) {
        super(new BorderLayout());
        setOpaque(false);
        card = card(title);
        add(card);
    }

    private static PlotCard card(String title) {
        PlotCard[] made = new PlotCard[1];
        made[0] = new PlotCard(new Quantity(Quantity.Group.STATE, title, 0), new Range(), () -> made[0].redraw(),
                _ -> {});
        return made[0];
    }

    /// The colour of the first, second, ... line.
    public static Color colour(int index) {
        return ChartStyle.colour(index);
    }

    /// Draws these lines.
    public void show(List<Line> lines) {
        card.show(lines.stream().map(line -> Curve.known(line.label(), line.color(), line.x(), line.y())).toList(),
                OptionalDouble.empty());
    }
}
