package dev.limber.launcher.gui.view;

import dev.limber.api.space.Image;
import java.awt.image.BufferedImage;

/// What the policy sees, where it sees pictures: the newest of the frames that are stacked in an observation.
final class PolicyPixels {

    private static final int RGB = 3;

    private PolicyPixels() {}

    /// The picture of one copy.
    ///
    /// @param pixels of all watched copies, unsigned bytes [n, height, width, channels]
    static BufferedImage picture(Image image, byte[] pixels, int copy) {
        int channels = image.channels() / image.frames();
        boolean colour = channels == RGB;
        int newest = image.channels() - channels;
        var picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        int at = copy * image.size() + newest;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++, at += image.channels()) {
                int red = pixels[at] & 0xFF;
                int green = colour ? pixels[at + 1] & 0xFF : red;
                int blue = colour ? pixels[at + 2] & 0xFF : red;
                picture.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return picture;
    }
}
