package dev.limber.launcher.gui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.space.Image;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/// What the policy sees is shown as it is.
class PolicyPixelsTest {

    /// Two copies of 1 x 2 pixels with six values each.
    private static final byte[] PIXELS = new byte[24];

    static {
        for (int i = 0; i < PIXELS.length; i++) {
            PIXELS[i] = (byte) (10 * i);
        }
    }

    private static void assertShows(int first, int second, Image image, int copy) {
        BufferedImage picture = PolicyPixels.picture(image, PIXELS, copy);
        assertEquals(2, picture.getWidth());
        assertEquals(1, picture.getHeight());
        assertEquals(Integer.toHexString(0xFF000000 | first), Integer.toHexString(picture.getRGB(0, 0)));
        assertEquals(Integer.toHexString(0xFF000000 | second), Integer.toHexString(picture.getRGB(1, 0)));
    }

    @Test
    void theNewestOfStackedGreyFramesIsGrey() {
        assertShows(0x323232, 0x6E6E6E, new Image(1, 2, 6, 6), 0);
        assertShows(0xAAAAAA, 0xE6E6E6, new Image(1, 2, 6, 6), 1);
    }

    @Test
    void theNewestOfStackedColourFramesHasItsColours() {
        assertShows(0x1E2832, 0x5A646E, new Image(1, 2, 6, 2), 0);
    }
}
