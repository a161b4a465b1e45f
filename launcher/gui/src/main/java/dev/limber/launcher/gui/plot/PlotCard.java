package dev.limber.launcher.gui.plot;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.launcher.gui.layout.Amounts;
import dev.limber.launcher.gui.layout.OverlayCard;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.MouseWheelEvent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;
import javax.swing.JComponent;
import javax.swing.UIManager;
import org.knowm.xchart.XYChart;

/// One quantity over the steps or the time: the wheel zooms about the mouse, a drag shifts, a double click shows all again,
/// and the mouse reads values.
final class PlotCard extends JComponent {

    private static final int HEIGHT = 210;
    private static final int HEADER = 30;
    private static final double ZOOM = 0.85;

    private final Quantity quantity;
    private final Range range;
    private final Runnable ranged;
    private final DoubleConsumer chosen;
    private List<Curve> curves = List.of();
    private OptionalDouble mark = OptionalDouble.empty();
    private Optional<double[]> heights = Optional.empty();
    private Optional<BufferedImage> drawn = Optional.empty();
    private Optional<XYChart> chart = Optional.empty();
    private int mouseX = -1;

    /// @param range of the x axis, shared with other plots
    /// @param ranged called when the user has changed it
    /// @param chosen called when the user has clicked at an x
    PlotCard(Quantity quantity, Range range, Runnable ranged, DoubleConsumer chosen) {
        this.quantity = quantity;
        this.range = range;
        this.ranged = ranged;
        this.chosen = chosen;
        setName("plot." + quantity.name());
        setToolTipText(null);
        var mouse = new Mouse();
        addMouseListener(mouse);
        addMouseMotionListener(mouse);
        addMouseWheelListener(mouse);
    }

    Quantity quantity() {
        return quantity;
    }

    /// What is plotted.
    List<Curve> curves() {
        return curves;
    }

    /// Plots this.
    ///
    /// @param moment x of the moment that the view shows, where it has gone back
    void show(List<Curve> anew, OptionalDouble moment) {
        curves = List.copyOf(anew);
        mark = moment;
        redraw();
    }

    /// Draws anew: the range, the theme or the data has changed.
    void redraw() {
        drawn = Optional.empty();
        repaint();
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(UIScale.scale(320), UIScale.scale(HEIGHT));
    }

    /// As high as it would be, but of any width.
    @Override
    public Dimension getMinimumSize() {
        return new Dimension(0, getPreferredSize().height);
    }

    /// The ends of the x axis.
    private double[] span() {
        if (range.chosen().isPresent()) {
            return range.chosen().get();
        }
        double low = curves.stream().filter(curve -> curve.x().length > 0).mapToDouble(curve -> curve.x()[0]).min()
                .orElse(0);
        double high = curves.stream().filter(curve -> curve.x().length > 0)
                .mapToDouble(curve -> curve.x()[curve.x().length - 1]).max().orElse(1);
        return new double[] {low, high > low ? high : low + 1};
    }

    /// Draws the plot as it is shown, without the mouse's read-out.
    void draw(Graphics2D drawing, int width, int height) {
        int header = UIScale.scale(HEADER);
        drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawing.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        drawing.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        drawing.setColor(UIManager.getColor(Theme.RAISED));
        int arc = UIScale.scale(10);
        drawing.fillRoundRect(0, 0, width, height, arc, arc);
        Font font = UIManager.getFont("Label.font");
        drawing.setFont(font.deriveFont(Font.BOLD, UIScale.scale(12f)));
        drawing.setColor(UIManager.getColor("Label.foreground"));
        int baseline = header / 2 + drawing.getFontMetrics().getAscent() / 2;
        drawing.drawString(quantity.name(), UIScale.scale(12), baseline);
        if (!curves.isEmpty() && curves.getFirst().y().length > 0) {
            double[] y = curves.getFirst().y();
            String last = Amounts.precise(y[y.length - 1]);
            drawing.setFont(UIManager.getFont("monospaced.font").deriveFont(UIScale.scale(12f)));
            drawing.setColor(curves.getFirst().color());
            drawing.drawString(last, width - UIScale.scale(12) - drawing.getFontMetrics().stringWidth(last), baseline);
        }
        double[] span = span();
        List<Curve> visible = curves.stream().map(curve -> curve.within(span[0], span[1], Math.max(50, width)))
                .toList();
        XYChart plotted = ChartStyle.chart(visible, span, heights, width, height - header);
        drawing.translate(0, header);
        plotted.paint(drawing, width, height - header);
        drawing.translate(0, -header);
        chart = Optional.of(plotted);
        mark.ifPresent(x -> paintLine(drawing, x, UIManager.getColor(Theme.PAUSED), height));
    }

    private void paintLine(Graphics2D drawing, double x, Color color, int height) {
        double[] span = span();
        if (x >= span[0] && x <= span[1] && chart.isPresent()) {
            int at = (int) chart.get().getScreenXFromChart(x);
            drawing.setColor(color);
            drawing.drawLine(at, UIScale.scale(HEADER), at, height - UIScale.scale(HEADER));
        }
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D drawing = (Graphics2D) graphics.create();
        double scale = drawing.getTransform().getScaleX();
        int width = (int) Math.ceil(getWidth() * scale);
        int height = (int) Math.ceil(getHeight() * scale);
        if (drawn.isEmpty() || drawn.get().getWidth() != width || drawn.get().getHeight() != height) {
            var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
            Graphics2D into = image.createGraphics();
            into.scale(scale, scale);
            draw(into, getWidth(), getHeight());
            into.dispose();
            drawn = Optional.of(image);
        }
        drawing.drawImage(drawn.get(), 0, 0, getWidth(), getHeight(), null);
        if (mouseX >= 0 && chart.isPresent()) {
            paintReadOut(drawing);
        }
        drawing.dispose();
    }

    private void paintReadOut(Graphics2D drawing) {
        drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawing.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        double x = chart.get().getChartXFromCoordinate(mouseX);
        double[] span = span();
        if (!(x >= span[0] && x <= span[1])) {
            return;
        }
        paintLine(drawing, x, UIManager.getColor(Theme.MUTED), getHeight());
        var rows = new ArrayList<OverlayCard.Row>();
        for (Curve curve : curves) {
            double y = curve.near(x);
            if (Double.isFinite(y)) {
                rows.add(new OverlayCard.Row(curve.label(), Amounts.precise(y)));
                int at = UIScale.scale(HEADER) + (int) chart.get().getScreenYFromChart(y);
                drawing.setColor(curve.color());
                drawing.fillOval(mouseX - 4, at - 4, 8, 8);
            }
        }
        Font font = UIManager.getFont("Label.font").deriveFont(UIScale.scale(11f));
        var card = new OverlayCard("at " + Amounts.precise(Math.round(x * 100) / 100.0), rows);
        int room = UIScale.scale(190);
        card.paint(drawing, mouseX + room > getWidth() ? mouseX - 10 : mouseX + 10 + card.width(drawing, font, font),
                UIScale.scale(HEADER), font, font);
    }

    private final class Mouse extends MouseAdapter {

        private int from;
        private int fromY;
        private boolean moved;

        @Override
        public void mouseMoved(MouseEvent event) {
            mouseX = event.getX();
            repaint();
        }

        @Override
        public void mouseExited(MouseEvent event) {
            mouseX = -1;
            repaint();
        }

        @Override
        public void mousePressed(MouseEvent event) {
            from = event.getX();
            fromY = event.getY();
            moved = false;
        }

        @Override
        public void mouseDragged(MouseEvent event) {
            if (chart.isEmpty()) {
                return;
            }
            moved = true;
            double shift = chart.get().getChartXFromCoordinate(from)
                    - chart.get().getChartXFromCoordinate(event.getX());
            double[] span = span();
            range.choose(span[0] + shift, span[1] + shift);
            if (heights.isPresent()) {
                double lift = chart.get().getChartYFromCoordinate(fromY)
                        - chart.get().getChartYFromCoordinate(event.getY());
                heights = Optional.of(new double[] {heights.get()[0] + lift, heights.get()[1] + lift});
            }
            from = event.getX();
            fromY = event.getY();
            ranged.run();
        }

        @Override
        public void mouseClicked(MouseEvent event) {
            if (event.getClickCount() == 2) {
                range.reset();
                heights = Optional.empty();
                ranged.run();
            } else if (!moved && chart.isPresent()) {
                chosen.accept(chart.get().getChartXFromCoordinate(event.getX()));
            }
        }

        @Override
        public void mouseWheelMoved(MouseWheelEvent event) {
            if (chart.isEmpty() || !event.isControlDown() && !event.isShiftDown()) {
                getParent().dispatchEvent(event); // scrolls the plots
                return;
            }
            double factor = Math.pow(ZOOM, -event.getPreciseWheelRotation());
            if (event.isShiftDown()) {
                double y = chart.get().getChartYFromCoordinate(event.getY() - UIScale.scale(HEADER));
                double[] now = heights.orElseGet(() -> ChartStyle.heights(curves, span()));
                heights = Optional.of(new double[] {y + (now[0] - y) * factor, y + (now[1] - y) * factor});
            } else {
                double x = chart.get().getChartXFromCoordinate(event.getX());
                double[] span = span();
                range.choose(x + (span[0] - x) * factor, x + (span[1] - x) * factor);
            }
            ranged.run();
        }
    }
}
