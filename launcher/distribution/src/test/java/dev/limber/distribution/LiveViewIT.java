package dev.limber.distribution;

import static dev.limber.distribution.OpenWindow.await;
import static dev.limber.distribution.OpenWindow.find;
import static dev.limber.distribution.OpenWindow.onEdt;
import static dev.limber.distribution.OpenWindow.text;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.launcher.Platform;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import javax.swing.AbstractButton;
import javax.swing.JComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The live view in the window: real training, a real renderer, a display that nobody sees.
@ExtendWith(VirtualDisplay.class)
@Timeout(value = 240, threadMode = ThreadMode.SEPARATE_THREAD)
class LiveViewIT {

    private static final int HUD = 80;

    @TempDir
    static Path folder;

    private static Platform platform;

    @BeforeAll
    static void startBundles() throws Exception {
        platform = OpenWindow.platform(folder);
    }

    @AfterAll
    static void stopBundles() throws Exception {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void trainingIsSeenSlowedPausedSteppedAndRewound() throws Exception {
        Path runs = folder.resolve("runs");
        try (var window = new OpenWindow(platform, runs, "--show", "limber.view")) {
            window.start(runs.resolve("seen"));
            await("a picture of the cart", () -> blue(view()) > 200);
            await("frames per second", () -> text("view.frames").matches("[1-9]\\d* frames/s"));
            OpenWindow.choose("view.pace", "real time");
            window.press("view.play");
            await("a pause", () -> text("run.phase").equals("paused"));
            String paused = onEdt(() -> text("run.steps"));
            for (int i = 0; i < 12; i++) {
                window.press("view.step");
                String before = paused;
                await("a step", () -> !text("run.steps").equals(before) && text("run.phase").equals("paused"));
                paused = onEdt(() -> text("run.steps"));
            }
            BufferedImage present = standing();
            for (int i = 0; i < 10; i++) {
                window.press("view.back");
            }
            BufferedImage past = standing();
            assertFalse(Arrays.equals(pixels(present), pixels(past)));
            assertTrue(onEdt(() -> find("view.live", AbstractButton.class).orElseThrow().isEnabled()));
            window.press("view.live");
            await("the present", () -> Arrays.equals(pixels(present), pixels(below(view()))));
            window.stop();
        }
    }

    /// What the view shows.
    static BufferedImage view() {
        JComponent canvas = find("view.canvas", JComponent.class).orElseThrow();
        var picture = new BufferedImage(canvas.getWidth(), canvas.getHeight(), BufferedImage.TYPE_INT_RGB);
        canvas.paint(picture.createGraphics());
        return picture;
    }

    /// The picture of the view without what is written over it, as soon as it has stood still for a while.
    private static BufferedImage standing() throws Exception {
        BufferedImage[] last = {onEdt(LiveViewIT::view)};
        int[] same = {0};
        await("a picture that stands", () -> {
            BufferedImage now = view();
            same[0] = Arrays.equals(pixels(now), pixels(last[0])) ? same[0] + 1 : 0;
            last[0] = now;
            return same[0] > 10;
        });
        return below(last[0]);
    }

    private static BufferedImage below(BufferedImage view) {
        return view.getSubimage(0, HUD, view.getWidth(), view.getHeight() - HUD);
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /// How many pixels are of the cart's blue.
    static int blue(BufferedImage image) {
        int count = 0;
        for (int rgb : pixels(image)) {
            count += (rgb & 0xFF) > 90 && (rgb & 0xFF) > 2 * (rgb >> 16 & 0xFF) ? 1 : 0;
        }
        return count;
    }
}
