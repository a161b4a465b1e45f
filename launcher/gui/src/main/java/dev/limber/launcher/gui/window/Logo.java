package dev.limber.launcher.gui.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/// Limber's mark: a bent limb of two links and three joints.
final class Logo {

    private static final Color GROUND = new Color(0x14, 0x16, 0x1a);
    private static final Color LIMB = new Color(0x3e, 0xcf, 0xae);

    private Logo() {}

    /// The mark in the sizes that systems ask for.
    static List<Image> images() {
        return IntStream.of(16, 24, 32, 48, 64, 128).mapToObj(Logo::image).toList();
    }

    private static Image image(int size) {
        var picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D drawing = picture.createGraphics();
        drawing.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawing.scale(size / 16.0, size / 16.0);
        drawing.setColor(GROUND);
        drawing.fill(new RoundRectangle2D.Double(0, 0, 16, 16, 5, 5));
        drawing.setColor(LIMB);
        drawing.setStroke(new BasicStroke(1.7f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        var limb = new Path2D.Double();
        limb.moveTo(4.4, 12);
        limb.lineTo(6, 5);
        limb.lineTo(12, 9.4);
        drawing.draw(limb);
        for (double[] joint : new double[][] {{4.4, 12}, {6, 5}, {12, 9.4}}) {
            drawing.fill(new Ellipse2D.Double(joint[0] - 1.6, joint[1] - 1.6, 3.2, 3.2));
        }
        drawing.dispose();
        return picture;
    }
}
