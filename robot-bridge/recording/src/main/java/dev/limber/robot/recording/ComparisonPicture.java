package dev.limber.robot.recording;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec.Joint;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Draws the joints of several recordings, one chart for each joint: measured as a line, sent as dots where it is a position. Needs no display.
final class ComparisonPicture {

    static final int WIDTH = 1600;
    static final int JOINT_HEIGHT = 480;
    private static final int SCALE = 2;
    /// More points than pixels say nothing more.
    private static final int MAX_POINTS = 1600;

    /// After Okabe and Ito, "Color Universal Design" (2008).
    private static final Color[] COLORS = {new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73),
        new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9), Color.BLACK};
    private static final Color TEXT = new Color(0x222222);
    private static final Color GRID = new Color(0xE6E6E6);

    private ComparisonPicture() {}

    static void write(List<Path> recordings, Path picture) {
        if (!picture.toString().endsWith(".png")) {
            throw new UsageException("the picture is a PNG; give it a name that ends in .png, not " + picture);
        }
        if (recordings.isEmpty() || recordings.size() > COLORS.length) {
            throw new UsageException("1 to " + COLORS.length + " recordings can be compared, not " + recordings.size());
        }
        List<Track> tracks = recordings.stream().map(Track::read).toList();
        var joints = new ArrayList<>(names(tracks.getFirst()));
        tracks.forEach(track -> joints.retainAll(names(track)));
        if (joints.isEmpty()) {
            throw new UsageException("the recordings have no joint in common: " + recordings.getFirst() + " has "
                    + String.join(", ", names(tracks.getFirst())));
        }
        ImageIO.setUseCache(false);
        try (OutputStream out = Files.newOutputStream(picture)) {
            ImageIO.write(draw(recordings, tracks, joints), "png", out);
        } catch (IOException failure) {
            throw Unwritable.of("picture", picture, failure);
        }
    }

    private static List<String> names(Track track) {
        return track.header().robot().joints().stream().map(Joint::name).toList();
    }

    private static BufferedImage draw(List<Path> recordings, List<Track> tracks, List<String> joints) {
        var image = new BufferedImage(WIDTH, JOINT_HEIGHT * joints.size(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.scale(SCALE, SCALE);
            for (String joint : joints) {
                chart(recordings, tracks, joint).paint(graphics, WIDTH / SCALE, JOINT_HEIGHT / SCALE);
                graphics.translate(0, JOINT_HEIGHT / SCALE);
            }
        } catch (LinkageError | InternalError noFonts) { // Java's font code throws errors of many kinds
            throw new UsageException("no text can be drawn here: install fontconfig and a font, on Debian "
                    + "fontconfig and fonts-dejavu-core");
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static XYChart chart(List<Path> recordings, List<Track> tracks, String joint) {
        XYChart chart = new XYChartBuilder().width(WIDTH / SCALE).height(JOINT_HEIGHT / SCALE).title(joint)
                .xAxisTitle("time since running [s]").yAxisTitle("position [rad or m]").build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE).setPlotBorderVisible(false).setChartFontColor(TEXT)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 13)).setChartTitleBoxVisible(false)
                .setLegendBorderColor(Color.WHITE).setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(1));
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            int column = names(track).indexOf(joint);
            String label = label(recordings, i);
            line(chart, label, track, track.measured(), column, COLORS[i], null);
            if (track.header().mode() == CommandMode.POSITION) {
                line(chart, label + ", sent", track, track.sent(), column, COLORS[i], new float[] {2, 3});
            }
        }
        return chart;
    }

    /// The file's name where that tells it from the others, else numbered.
    private static String label(List<Path> recordings, int index) {
        Path name = recordings.get(index).getFileName();
        String label = name.toString().replaceFirst("\\.mcap$", "");
        boolean unique = recordings.stream().filter(path -> path.getFileName().equals(name)).count() == 1;
        return unique ? label : index + 1 + ": " + label;
    }

    private static void line(XYChart chart, String label, Track track, double[] values, int column, Color color,
            float[] dash) {
        int step = Math.max(1, track.count() / MAX_POINTS);
        int points = (track.count() + step - 1) / step;
        double[] x = new double[points];
        double[] y = new double[points];
        boolean known = false;
        for (int i = 0; i < points; i++) {
            x[i] = track.times()[i * step];
            y[i] = values[i * step * track.joints() + column];
            known |= !Double.isNaN(y[i]);
        }
        if (known) {
            XYSeries series = chart.addSeries(label, x, y);
            series.setLineColor(color);
            series.setLineStyle(new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0));
            series.setMarker(SeriesMarkers.NONE);
        }
    }
}
