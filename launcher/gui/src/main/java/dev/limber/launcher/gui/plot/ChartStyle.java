package dev.limber.launcher.gui.plot;

import com.formdev.flatlaf.util.UIScale;
import dev.limber.launcher.gui.layout.Amounts;
import dev.limber.launcher.gui.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Optional;
import javax.swing.UIManager;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Charts in the window's colours.
final class ChartStyle {

    private static final Color[] COLOURS = {new Color(0x2FA58E), new Color(0xF08A24), new Color(0x4E8CF0),
        new Color(0xD9559B), new Color(0x9A7BEA), new Color(0xC9A227), new Color(0x5BB3D8), new Color(0xE5645A)};

    private ChartStyle() {}

    /// The colour of a run among those that are overlaid.
    static Color colour(int index) {
        return COLOURS[index % COLOURS.length];
    }

    /// A chart.
    ///
    /// @param span ends of the x axis
    /// @param heights ends of the y axis, where the user chose them
    static XYChart chart(List<Curve> curves, double[] span, Optional<double[]> heights, int width, int height) {
        XYChart chart = new XYChartBuilder().width(width).height(height).build();
        style(chart.getStyler());
        chart.getStyler().setXAxisMin(span[0]).setXAxisMax(span[1]);
        double[] limits = heights.orElseGet(() -> heights(curves, span));
        chart.getStyler().setYAxisMin(limits[0]).setYAxisMax(limits[1]);
        chart.setCustomXAxisTickLabelsFormatter(Amounts::count);
        chart.setCustomYAxisTickLabelsFormatter(Amounts::precise);
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            if (curve.x().length > 0) {
                XYSeries series = chart.addSeries(i + " " + curve.label(), curve.x(), curve.y());
                series.setLineColor(curve.color());
                series.setLineStyle(SeriesLines.SOLID);
                series.setLineWidth(UIScale.scale(curve.x().length > 500 ? 1.2f : 1.8f));
                series.setMarker(curve.x().length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
                series.setMarkerColor(curve.color());
            }
        }
        if (chart.getSeriesCollection().isEmpty()) {
            XYSeries nothing = chart.addSeries("nothing", new double[] {span[0]}, new double[] {limits[0]});
            nothing.setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }

    /// The ends of a y axis that shows all values within a span, with a little room.
    static double[] heights(List<Curve> curves, double[] span) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Curve curve : curves) {
            for (int i = 0; i < curve.x().length; i++) {
                if (curve.x()[i] >= span[0] && curve.x()[i] <= span[1]) {
                    low = Math.min(low, curve.y()[i]);
                    high = Math.max(high, curve.y()[i]);
                }
            }
        }
        if (low > high) {
            return new double[] {0, 1};
        }
        double room = high > low ? 0.06 * (high - low) : Math.max(0.5, 0.1 * Math.abs(high));
        return new double[] {low - room, high + room};
    }

    private static void style(XYStyler style) {
        Color ground = UIManager.getColor(Theme.RAISED);
        Color muted = UIManager.getColor(Theme.MUTED);
        Color grid = UIManager.getColor("Component.borderColor");
        Font font = UIManager.getFont("Label.font").deriveFont(UIScale.scale(11f));
        int padding = UIScale.scale(8);
        style.setChartBackgroundColor(ground).setPlotBackgroundColor(ground).setPlotBorderVisible(false)
                .setLegendVisible(false).setChartTitleVisible(false).setChartPadding(padding).setChartFontColor(muted);
        style.setAxisTickLabelsFont(font).setAxisTickLabelsColor(muted).setAxisTicksMarksVisible(false)
                .setAxisTicksLineVisible(false).setAxisTitlesVisible(false).setPlotGridLinesColor(grid)
                .setPlotGridLinesStroke(new BasicStroke(1)).setPlotGridVerticalLinesVisible(false).setPlotMargin(0)
                .setXAxisTickMarkSpacingHint(UIScale.scale(90)).setYAxisTickMarkSpacingHint(UIScale.scale(36))
                .setPlotContentSize(1);
    }
}
