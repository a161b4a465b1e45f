package dev.limber.testing.render;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Pictures that are kept in a folder of the sources, to compare with. With the system property `limber.golden` set to
/// `write`, what is compared is written instead; look at it then.
public final class GoldenPicture {

    private GoldenPicture() {}

    /// Reads a picture, or writes it where that is asked for.
    ///
    /// @param rgb what was drawn, [height, width, 3]
    /// @return what is expected
    public static byte[] expected(Path file, byte[] rgb, int width) {
        try {
            if (System.getProperty("limber.golden", "").equals("write")) {
                Files.createDirectories(file.getParent());
                write(file, rgb, width);
            }
            BufferedImage image = ImageIO.read(file.toFile());
            byte[] expected = new byte[3 * image.getWidth() * image.getHeight()];
            for (int i = 0; i < expected.length / 3; i++) {
                int color = image.getRGB(i % image.getWidth(), i / image.getWidth());
                expected[3 * i] = (byte) (color >> 16);
                expected[3 * i + 1] = (byte) (color >> 8);
                expected[3 * i + 2] = (byte) color;
            }
            return expected;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// Writes a picture as PNG.
    ///
    /// @param rgb [height, width, 3]
    public static void write(Path file, byte[] rgb, int width) throws IOException {
        int height = rgb.length / 3 / width;
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width,
                    (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | rgb[3 * i + 2] & 0xFF);
        }
        ImageIO.write(image, "png", file.toFile());
    }
}
