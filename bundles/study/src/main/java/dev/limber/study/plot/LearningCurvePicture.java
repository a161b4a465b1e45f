package dev.limber.study.plot;

import dev.limber.study.plot.LearningCurves.Line;
import dev.limber.study.statistics.Interval;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Draws learning curves as a PNG file. Needs no display.
public final class LearningCurvePicture {

    /// Width of the picture [pixels].
    public static final int WIDTH = 1600;
    /// Height of the picture [pixels].
    public static final int HEIGHT = 1000;
    /// Pixels per unit of layout, so that text and lines are sharp on dense screens and in print.
    private static final int SCALE = 2;

    private LearningCurvePicture() {}

    /// Draws and writes the picture.
    ///
    /// @throws NoFontsException where Java cannot draw text here
    public static void write(LearningCurves curves, Path file) throws IOException, NoFontsException {
        // Files are written whole: ImageIO's own cache on disk would be in a folder that may be full or read-only.
        ImageIO.setUseCache(false);
        BufferedImage image = draw(curves);
        try (var out = Files.newOutputStream(file)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this Java has no PNG writer");
            }
        }
    }

    static BufferedImage draw(LearningCurves curves) throws NoFontsException {
        checkFonts();
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH, HEIGHT);
            graphics.scale(SCALE, SCALE);
            chart(curves).paint(graphics, WIDTH / SCALE, HEIGHT / SCALE);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /// Java's font code throws errors of many kinds where fontconfig or the fonts are missing.
    private static void checkFonts() throws NoFontsException {
        try {
            GraphicsEnvironment.getLocalGraphicsEnvironment();
            var probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            probe.getFontMetrics(font(Font.PLAIN, 12)).stringWidth("return");
            probe.dispose();
        } catch (LinkageError | InternalError | RuntimeException e) {
            throw new NoFontsException(e);
        }
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    private static XYChart chart(LearningCurves curves) {
        XYChart chart = new XYChartBuilder().width(WIDTH / SCALE).height(HEIGHT / SCALE).title(curves.title())
                .xAxisTitle("environment steps (" + curves.explanation() + ")").yAxisTitle(curves.yTitle()).build();
        style(chart.getStyler());
        double lastStep = curves.lines().stream().mapToDouble(line -> line.steps()[line.steps().length - 1]).max()
                .orElse(1);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(lastStep);
        chart.setCustomXAxisTickLabelsFormatter(LearningCurvePicture::steps);
        curves.threshold().ifPresent(level -> threshold(chart, level, lastStep));
        for (int i = 0; i < curves.lines().size(); i++) {
            band(chart, i, curves.lines().get(i));
        }
        for (int i = 0; i < curves.lines().size(); i++) {
            line(chart, i, curves.lines().get(i));
        }
        return chart;
    }

    private static void style(XYStyler axes) {
        axes.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE).setPlotBorderVisible(false)
                .setChartFontColor(Palette.TEXT).setChartTitleFont(font(Font.BOLD, 15)).setChartTitlePadding(8)
                .setChartTitleBoxVisible(false).setLegendFont(font(Font.PLAIN, 12)).setLegendBorderColor(Color.WHITE)
                .setLegendPosition(Styler.LegendPosition.OutsideS).setLegendLayout(Styler.LegendLayout.Horizontal)
                .setChartPadding(12);
        axes.setAxisTitleFont(font(Font.PLAIN, 13)).setAxisTickLabelsFont(font(Font.PLAIN, 12))
                .setAxisTickLabelsColor(Palette.TEXT).setAxisTickMarksColor(Palette.AXIS)
                .setPlotGridLinesColor(Palette.GRID).setPlotGridLinesStroke(new BasicStroke(1))
                .setPlotGridVerticalLinesVisible(false).setPlotContentSize(0.98);
    }

    private static void band(XYChart chart, int index, Line line) {
        int[] known = java.util.stream.IntStream.range(0, line.values().length).filter(i -> line.values()[i].known())
                .toArray();
        if (known.length < 2) {
            return;
        }
        int n = known.length;
        double[] x = new double[2 * n];
        double[] y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            Interval value = line.values()[known[i]];
            x[i] = x[2 * n - 1 - i] = line.steps()[known[i]];
            y[i] = value.high();
            y[2 * n - 1 - i] = value.low();
        }
        XYSeries band = chart.addSeries("band " + index, x, y);
        band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        band.setFillColor(Palette.band(index));
        band.setLineColor(new Color(0, true));
        band.setMarker(SeriesMarkers.NONE);
        band.setShowInLegend(false);
    }

    private static void line(XYChart chart, int index, Line line) {
        double[] y = Arrays.stream(line.values()).mapToDouble(Interval::estimate).toArray();
        XYSeries series = chart.addSeries(line.label(), line.steps(), y);
        series.setLineColor(Palette.color(index));
        series.setLineStyle(Palette.stroke(index, 2));
        series.setMarker(SeriesMarkers.NONE);
    }

    private static void threshold(XYChart chart, double level, double lastStep) {
        XYSeries series = chart.addSeries("solved from " + plain(level), new double[] {0, lastStep},
                new double[] {level, level});
        series.setLineColor(Palette.AXIS);
        series.setLineStyle(
                new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0));
        series.setMarker(SeriesMarkers.NONE);
    }

    /// Steps as people say them: 500, 20k, 1.5M.
    static String steps(double steps) {
        double size = Math.abs(steps);
        if (size >= 1e6) {
            return plain(steps / 1e6) + "M";
        }
        return size >= 1e3 ? plain(steps / 1e3) + "k" : plain(steps);
    }

    private static String plain(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(Math.rint(value * 1000) / 1000);
    }
}
