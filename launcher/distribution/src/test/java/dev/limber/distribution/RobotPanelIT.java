package dev.limber.distribution;

import static dev.limber.distribution.OpenWindow.await;
import static dev.limber.distribution.OpenWindow.find;
import static dev.limber.distribution.OpenWindow.onEdt;
import static dev.limber.distribution.OpenWindow.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.KeyboardFocusManager;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Robots are driven from the window: real sessions, on a display that nobody sees.
@ExtendWith(VirtualDisplay.class)
@Timeout(value = 240, threadMode = ThreadMode.SEPARATE_THREAD)
class RobotPanelIT {

    private static final Color STOP = new Color(0xD3, 0x1F, 0x2B);
    private static final Color SENT = new Color(0x4E, 0x8C, 0xF0);

    @TempDir
    static Path folder;

    @RegisterExtension
    private static final WindowPlatform LIMBER = new WindowPlatform(() -> folder);

    private static OpenWindow open(Path runs) throws Exception {
        return new OpenWindow(LIMBER.platform(), runs, "--show", "limber.robot");
    }

    /// Chooses a robot and connects to it.
    private static void connect(OpenWindow window, String kind, String address) throws Exception {
        await("the panel", () -> find("robot.kind", JComboBox.class).isPresent());
        onEdt(() -> {
            find("robot.kind", JComboBox.class).orElseThrow().setSelectedItem(kind);
            find("robot.address", JComboBox.class).orElseThrow().getEditor().setItem(address);
            return true;
        });
        window.press("robot.connect");
        await("a connection", () -> text("robot.phase").equals("CONNECTED"));
    }

    private static void press(OpenWindow window, String button, String phase) throws Exception {
        await(button + " to be possible", () -> enabled(button));
        window.press(button);
        await(phase, () -> text("robot.phase").equals(phase));
    }

    private static boolean enabled(String button) {
        return find(button, AbstractButton.class).orElseThrow().isEnabled();
    }

    private static int count(String component, Color color) {
        return (int) Arrays.stream(pixels(component)).filter(rgb -> rgb == color.getRGB()).count();
    }

    /// How many pixels have about the colour of the pole.
    private static int orange(String component) {
        return (int) Arrays.stream(pixels(component))
                .filter(rgb -> (rgb >> 16 & 0xFF) > 140 && (rgb >> 16 & 0xFF) > 2 * (rgb & 0xFF) + 40).count();
    }

    private static int[] pixels(String component) {
        return find(component, JComponent.class).filter(shown -> shown.getWidth() > 0 && shown.isShowing())
                .map(shown -> {
                    var picture = new BufferedImage(shown.getWidth(), shown.getHeight(), BufferedImage.TYPE_INT_RGB);
                    var graphics = picture.createGraphics();
                    shown.paint(graphics);
                    graphics.dispose();
                    return picture.getRGB(0, 0, shown.getWidth(), shown.getHeight(), null, 0, shown.getWidth());
                }).orElse(new int[0]);
    }

    @Test
    void aRobotIsConnectedArmedHeldStoppedAtOnceAndReset() throws Exception {
        try (var window = open(folder.resolve("none"))) {
            await("the panel", () -> find("robot.stopNow", AbstractButton.class).isPresent());
            assertTrue(onEdt(() -> !enabled("robot.stopNow") && !enabled("robot.arm") && enabled("robot.connect")));
            assertEquals(0, onEdt(() -> count("robot.stopNow", STOP)));
            assertTrue(onEdt(() -> text("robot.warning")).contains("no safety-rated stop"));

            connect(window, "mock", "arm");
            assertTrue(onEdt(() -> enabled("robot.stopNow") && enabled("robot.calibrate") && !enabled("robot.run")));
            assertTrue(onEdt(() -> count("robot.stopNow", STOP)) > 5000);
            onEdt(() -> {
                find("robot.limits", JTable.class).orElseThrow().setValueAt("0.5", 0, 3);
                return true;
            });
            await("the narrower limit",
                    () -> "0.5".equals(find("robot.limits", JTable.class).orElseThrow().getValueAt(0, 3)));
            press(window, "robot.calibrate", "CALIBRATED");
            press(window, "robot.arm", "ARMED");
            press(window, "robot.hold", "HOLD");
            window.press("robot.stopNow");
            await("the fault", () -> text("robot.phase").equals("FAULT"));
            assertTrue(onEdt(() -> text("robot.reason")).contains("stop button"));
            assertTrue(onEdt(() -> !enabled("robot.arm") && !enabled("robot.run") && enabled("robot.reset")));
            press(window, "robot.reset", "CONNECTED");
            press(window, "robot.calibrate", "CALIBRATED");
            press(window, "robot.arm", "ARMED");
            onEdt(() -> {
                var field = find("robot.rate", JComponent.class).orElseThrow();
                KeyboardFocusManager.getCurrentKeyboardFocusManager().dispatchEvent(new KeyEvent(field,
                        KeyEvent.KEY_PRESSED, System.currentTimeMillis(), 0, KeyEvent.VK_ESCAPE, '\u001b'));
                return true;
            });
            await("the fault", () -> text("robot.phase").equals("FAULT"));
            assertTrue(onEdt(() -> text("robot.reason")).contains("Escape"));
            press(window, "robot.disconnect", "CLOSED");
        }
    }

    @Test
    void aWindowThatHangsLosesItsRobot() throws Exception {
        try (var window = open(folder.resolve("none"))) {
            connect(window, "mock", "arm");
            press(window, "robot.calibrate", "CALIBRATED");
            press(window, "robot.arm", "ARMED");
            onEdt(() -> {
                long end = System.nanoTime() + 1_500_000_000L;
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
                return true;
            });
            await("the fault", () -> text("robot.phase").equals("FAULT"));
            assertTrue(onEdt(() -> text("robot.reason")).contains("heartbeat"));
        }
    }

    @Test
    void aRunsPolicyDrivesAndItsRecordingIsSeenInTheLiveView() throws Exception {
        Path runs = folder.resolve("runs");
        assertEquals(0,
                OpenWindow.commands(LIMBER.platform()).applyAsInt(new String[] {"train", "CartPole-jbullet", "a2c",
                    "--seed", "3", "--steps", "200000", "--run", runs.resolve("balances").toString()}));
        Path recording = folder.resolve("driven.mcap");
        try (var window = open(runs)) {
            await("the run among who drives", () -> find("robot.driver", JComboBox.class)
                    .filter(box -> String.valueOf(box.getSelectedItem()).equals("balances")).isPresent());
            await("commands as the policy needs them", () -> "effort".equals(
                    find("robot.mode", JComboBox.class).orElseThrow().getSelectedItem())
                    && text("robot.rate").equals("50"));
            onEdt(() -> {
                find("robot.record", AbstractButton.class).orElseThrow().setSelected(true);
                return true;
            });
            window.type("robot.file", recording.toString());
            connect(window, "simulated", "CartPole-jbullet");
            press(window, "robot.calibrate", "CALIBRATED");
            press(window, "robot.arm", "ARMED");
            press(window, "robot.run", "RUNNING");
            await("bars of what was sent", () -> count("robot.joints", SENT) > 20);
            press(window, "robot.stop", "STOPPED");
            press(window, "robot.disconnect", "CLOSED");
        }
        assertTrue(Files.size(recording) > 1000);
        try (var window = new OpenWindow(LIMBER.platform(), folder.resolve("none"), "--recording",
                recording.toString())) {
            await("the pole of the recording", () -> orange("view.canvas") > 100);
            window.press("view.play");
        }
    }
}
