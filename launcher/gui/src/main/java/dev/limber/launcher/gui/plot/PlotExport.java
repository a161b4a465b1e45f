package dev.limber.launcher.gui.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/// Writes what is plotted to files.
final class PlotExport {

    private static final int SCALE = 2;
    private static final int GAP = 12;

    private PlotExport() {}

    /// Writes all points, whichever of them are in sight, as CSV with a header: quantity, run, x, value.
    ///
    /// @param x what the x axis is: "step"
    static void csv(List<PlotCard> cards, String x, Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("quantity,run," + x + ",value\n");
            for (PlotCard card : cards) {
                for (Curve curve : card.curves()) {
                    String head = quoted(card.quantity().name()) + "," + quoted(curve.label()) + ",";
                    for (int i = 0; i < curve.x().length; i++) {
                        out.write(head + number(curve.x()[i]) + "," + number(curve.y()[i]) + "\n");
                    }
                }
            }
        }
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value)
                : Double.toString(value);
    }

    /// Draws the plots one below the other, twice as fine as on the screen.
    static BufferedImage picture(List<PlotCard> cards, Color ground) {
        int width = cards.stream().mapToInt(PlotCard::getWidth).max().orElse(1);
        int height = cards.stream().mapToInt(card -> card.getHeight() + GAP).sum() + GAP;
        var image = new BufferedImage(SCALE * (width + 2 * GAP), SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setColor(ground);
        drawing.fillRect(0, 0, image.getWidth(), image.getHeight());
        drawing.scale(SCALE, SCALE);
        drawing.translate(GAP, GAP);
        for (PlotCard card : cards) {
            card.draw(drawing, card.getWidth(), card.getHeight());
            drawing.translate(0, card.getHeight() + GAP);
            card.redraw();
        }
        drawing.dispose();
        return image;
    }

    /// Writes [#picture] as PNG.
    static void png(BufferedImage picture, Path file) throws IOException {
        ImageIO.write(picture, "png", file.toFile());
    }
}
