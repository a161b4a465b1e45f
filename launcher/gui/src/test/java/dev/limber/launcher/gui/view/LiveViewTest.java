package dev.limber.launcher.gui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderers;
import dev.limber.api.render.Scene;
import dev.limber.api.render.View;
import dev.limber.api.watch.Sample;
import dev.limber.launcher.gui.DeskWorkbench;
import dev.limber.launcher.gui.Edt;
import dev.limber.launcher.gui.RecordedRuns;
import dev.limber.launcher.gui.ScriptedPlayback;
import dev.limber.launcher.gui.theme.Theme;
import dev.limber.launcher.gui.timeline.Observatory;
import dev.limber.launcher.gui.timeline.Observed;
import dev.limber.physics.classiccontrol.CartPole;
import dev.limber.renderer.software.SoftwareRenderer;
import java.awt.Component;
import java.awt.Container;
import java.awt.event.InputEvent;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import javax.swing.AbstractButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveViewTest {

    private static final Path RUN = Path.of("/runs/cart-pole");

    private final SoftwareRenderer renderer = new SoftwareRenderer();
    private final ScriptedPlayback playback = new ScriptedPlayback(RUN, new CartPole(), 1);
    private final DeskWorkbench workbench = new DeskWorkbench();
    private final Observatory observatory = new Observatory(new RecordedRuns(playback));
    private LiveView view;
    private ViewCanvas canvas;

    private final class Software implements Renderers {

        @Override
        public Pictures open(Scene scene, PictureSpec spec, String name) {
            return renderer.open(scene, spec);
        }

        @Override
        public String chosen() {
            return AUTO;
        }

        @Override
        public String device() {
            return renderer.device();
        }
    }

    @BeforeEach
    void open() throws Exception {
        Edt.on(() -> {
            Theme.DARK.apply();
            workbench.add(RecordedRuns.run(RUN), dev.limber.api.gui.MetricTable.EMPTY);
            workbench.select(RUN);
            view = new LiveView(workbench, new Software(), observatory);
            view.setSize(640, 460);
            layOut(view);
            return true;
        });
        canvas = Edt.await("a canvas", () -> find(view, "view.canvas").map(ViewCanvas.class::cast));
        Edt.await("what plays", observatory::current);
    }

    @AfterEach
    void close() throws Exception {
        Edt.on(() -> {
            workbench.close();
            return true;
        });
        renderer.stop();
        assertTrue(workbench.failure().isEmpty(), () -> workbench.failure().toString());
    }

    private static void layOut(Container container) {
        container.doLayout();
        for (Component each : container.getComponents()) {
            if (each instanceof Container inner) {
                layOut(inner);
            }
        }
    }

    private static Optional<Component> find(Container container, String name) {
        for (Component each : container.getComponents()) {
            Optional<Component> found = name.equals(each.getName()) ? Optional.of(each)
                    : each instanceof Container inner ? find(inner, name) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// Waits for a picture of which something holds.
    private BufferedImage picture(String what, Predicate<BufferedImage> holds) throws Exception {
        return Edt.await(what, () -> canvas.picture().map(LiveViewTest::copy).filter(holds));
    }

    private static BufferedImage copy(BufferedImage image) {
        var copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        copy.createGraphics().drawImage(image, 0, 0, null);
        return copy;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /// The mean column of what is blue, the cart, as a share of the width; NaN where there is none.
    private static double cart(BufferedImage image) {
        long sum = 0;
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int red = rgb >> 16 & 0xFF;
                int blue = rgb & 0xFF;
                if (blue > 90 && blue > 2 * red) {
                    sum += x;
                    count++;
                }
            }
        }
        return count < 50 ? Double.NaN : (double) sum / count / image.getWidth();
    }

    private void mouse(int id, int x, int y, int clicks) throws Exception {
        int button = id == MouseEvent.MOUSE_DRAGGED ? MouseEvent.NOBUTTON : MouseEvent.BUTTON1;
        Edt.on(() -> {
            canvas.dispatchEvent(
                    new MouseEvent(canvas, id, 0, InputEvent.BUTTON1_DOWN_MASK, x, y, clicks, false, button));
            return true;
        });
    }

    @Test
    void theCartIsSeenWhereItIs() throws Exception {
        playback.show(-1.5, 0, 0, 0);
        double left = cart(picture("the cart at the left", image -> cart(image) < 0.4));
        playback.show(1.5, 0, 0, 0);
        double right = cart(picture("the cart at the right", image -> cart(image) > 0.6));
        assertEquals(1, left + right, 0.02); // the camera stands in the middle
    }

    @Test
    void rewindShowsTheEarlierPose() throws Exception {
        playback.show(-1.5, 0, 0, 0);
        BufferedImage before = picture("the cart at the left", image -> cart(image) < 0.4);
        playback.show(1.5, 0, 0, 0);
        picture("the cart at the right", image -> cart(image) > 0.6);
        Observed observed = observatory.current().orElseThrow();
        press("view.back");
        picture("the cart at the left again", image -> Arrays.equals(pixels(before), pixels(image)));
        assertFalse(observed.live());
        playback.show(0, 0, 0, 0); // it goes on meanwhile, unseen
        Edt.await("the third sample", () -> Optional.of(observed.history().next()).filter(next -> next == 3));
        assertEquals(0, observed.moment());
        press("view.live");
        picture("the cart in the middle", image -> Math.abs(cart(image) - 0.5) < 0.02);
        assertTrue(observed.live());
    }

    private void press(String name) throws Exception {
        Edt.on(() -> {
            ((AbstractButton) find(view, name).orElseThrow()).doClick(0);
            return true;
        });
    }

    @Test
    void aDragTurnsTheCameraAndADoubleClickTurnsItBack() throws Exception {
        playback.show(0.5, 0, 0.1, 0);
        int[] before = pixels(picture("a cart", image -> cart(image) > 0.5));
        mouse(MouseEvent.MOUSE_PRESSED, 300, 200, 1);
        mouse(MouseEvent.MOUSE_DRAGGED, 420, 240, 1);
        mouse(MouseEvent.MOUSE_RELEASED, 420, 240, 1);
        int[] turned = pixels(picture("another picture", image -> !Arrays.equals(before, pixels(image))));
        int changed = 0;
        for (int i = 0; i < before.length; i++) {
            changed += before[i] == turned[i] ? 0 : 1;
        }
        assertTrue(changed > before.length / 10, changed + " of " + before.length + " pixels changed");
        mouse(MouseEvent.MOUSE_CLICKED, 420, 240, 2);
        picture("the first picture", image -> Arrays.equals(before, pixels(image)));
    }

    @Test
    void aClickOnThePoleNamesItAndTellsItsState() throws Exception {
        playback.show(0.4, 0, 0.1, 0);
        BufferedImage image = picture("a cart", each -> cart(each) > 0.5);
        Sample sample = observatory.current().orElseThrow().history().copy(0, Optional.empty()).orElseThrow();
        var eye = new View();
        eye.look(canvas.camera().camera(), sample.poses(), 0, (double) image.getWidth() / image.getHeight());
        var middle = Poses.toWorld(sample.poses(), Scene.POSE, new dev.limber.api.physics.Vector3(0, -0.2, 0.6));
        double[] place = new double[3];
        eye.project(middle.x(), middle.y(), middle.z(), image.getWidth(), image.getHeight(), place);
        mouse(MouseEvent.MOUSE_PRESSED, (int) place[0], (int) place[1], 1);
        mouse(MouseEvent.MOUSE_RELEASED, (int) place[0], (int) place[1], 1);
        Picked picked = Edt.await("a body", canvas::picked);
        assertEquals("pole", picked.part());
        assertEquals(1, picked.body());
        assertEquals(0.6, picked.grip().z(), 0.03);
        var card = BodyCard.of(picked, observatory.current().orElseThrow(), 0, sample);
        assertEquals("pole", card.heading());
        assertTrue(card.rows().stream().anyMatch(row -> row.name().equals("pole angle [rad]")
                && row.value().strip().equals("0.100")), card.toString());
        mouse(MouseEvent.MOUSE_PRESSED, 5, 5, 1);
        mouse(MouseEvent.MOUSE_RELEASED, 5, 5, 1);
        Edt.await("no body", () -> Optional.of(canvas.picked()).filter(Optional::isEmpty));
    }

    @Test
    void stepAndPaceReachWhatPlays() throws Exception {
        playback.show(0, 0, 0, 0);
        press("view.step");
        press("view.step");
        assertEquals(2, playback.advanced());
        assertTrue(playback.paused());
        press("view.play");
        assertFalse(playback.paused());
    }
}
