package dev.limber.distribution;

import static dev.limber.distribution.OpenWindow.await;
import static dev.limber.distribution.OpenWindow.find;
import static dev.limber.distribution.OpenWindow.onEdt;
import static dev.limber.distribution.OpenWindow.text;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.InputEvent;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.swing.AbstractButton;
import javax.swing.JComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The live view in the window: real training, a real renderer, a display that nobody sees.
@ExtendWith(VirtualDisplay.class)
@Timeout(value = 240, threadMode = ThreadMode.SEPARATE_THREAD)
class LiveViewIT {

    private static final int HUD = 80;
    /// How often a picture is seen again before it is one that stands: edges become smooth a moment after the last change.
    private static final int LOOKS = 40;

    @TempDir
    static Path folder;

    @RegisterExtension
    private static final WindowPlatform LIMBER = new WindowPlatform(() -> folder);

    @Test
    void trainingIsSeenSlowedPausedSteppedRewoundAndResumed() throws Exception {
        Path runs = folder.resolve("runs");
        try (var window = new OpenWindow(LIMBER.platform(), runs, "--show", "limber.view")) {
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
            BufferedImage left = standing();
            window.press("Resume");
            await("the resumed training", () -> text("run.phase").equals("running")
                    && !Arrays.equals(pixels(left), pixels(below(view()))));
            window.stop();
        }
    }

    @Test
    void bodiesArePickedAndPulledAndWhatCannotBeSeenIsDrawn() throws Exception {
        Path runs = folder.resolve("looked-at");
        try (var window = new OpenWindow(LIMBER.platform(), runs, "--show", "limber.view")) {
            OpenWindow.choose("start.environment", "CartPole-jbullet");
            window.start(runs.resolve("seen"));
            await("a picture", () -> !text("view.frames").isEmpty());
            OpenWindow.choose("view.pace", "real time");
            window.press("view.play");
            await("a pause", () -> text("run.phase").equals("paused"));
            BufferedImage plain = standing();
            for (String each : List.of("view.frames", "view.joints", "view.shadows")) {
                window.press(each);
                assertFalse(Arrays.equals(pixels(plain), pixels(standing())), each);
                window.press(each);
                await("no " + each, () -> Arrays.equals(pixels(plain), pixels(below(view()))));
            }
            int[] orange = middleOf(plain);
            mouse(MouseEvent.MOUSE_PRESSED, orange, 0);
            mouse(MouseEvent.MOUSE_RELEASED, orange, 0);
            assertFalse(Arrays.equals(pixels(plain), pixels(standing())), "the picked pole is highlighted");
            int[] aside = {orange[0] + 150, orange[1]};
            mouse(MouseEvent.MOUSE_PRESSED, orange, InputEvent.CTRL_DOWN_MASK);
            mouse(MouseEvent.MOUSE_DRAGGED, aside, InputEvent.CTRL_DOWN_MASK);
            BufferedImage before = standing();
            // It may be falling to the left just then, and the policy may push it there.
            int[] pulled = middleOf(before);
            for (int i = 0; i < 25 && pulled[0] <= middleOf(before)[0]; i++) {
                String steps = onEdt(() -> text("run.steps"));
                window.press("view.step");
                await("a step", () -> !text("run.steps").equals(steps) && text("run.phase").equals("paused"));
                pulled = middleOf(standing());
            }
            assertTrue(pulled[0] > middleOf(before)[0], "the pole follows the spring to the right");
            mouse(MouseEvent.MOUSE_RELEASED, aside, InputEvent.CTRL_DOWN_MASK);
            window.stop();
        }
    }

    /// The middle of the pixels that have the colour of the pole.
    private static int[] middleOf(BufferedImage picture) {
        long x = 0;
        long y = 0;
        long count = 0;
        for (int row = 0; row < picture.getHeight(); row++) {
            for (int column = 0; column < picture.getWidth(); column++) {
                int rgb = picture.getRGB(column, row);
                if ((rgb >> 16 & 0xFF) > 140 && (rgb >> 16 & 0xFF) > 2 * (rgb & 0xFF) + 40 && (rgb >> 8 & 0xFF) > 70) {
                    x += column;
                    y += row;
                    count++;
                }
            }
        }
        assertTrue(count > 50, "the pole is not seen");
        return new int[] {(int) (x / count), (int) (y / count)};
    }

    /// A place of the picture below the text.
    private static void mouse(int what, int[] place, int modifiers) throws Exception {
        onEdt(() -> {
            JComponent canvas = find("view.canvas", JComponent.class).orElseThrow();
            canvas.dispatchEvent(new MouseEvent(canvas, what, System.currentTimeMillis(), modifiers
                    | InputEvent.BUTTON1_DOWN_MASK, place[0], place[1] + HUD, 1, false, MouseEvent.BUTTON1));
            return true;
        });
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
            return same[0] > LOOKS;
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
