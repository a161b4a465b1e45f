package dev.limber.distribution;

import static dev.limber.distribution.OpenWindow.await;
import static dev.limber.distribution.OpenWindow.entries;
import static dev.limber.distribution.OpenWindow.find;
import static dev.limber.distribution.OpenWindow.onEdt;
import static dev.limber.distribution.OpenWindow.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.JTable;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/// The window with everything behind it: real bundles, real training, a display that nobody sees.
@ExtendWith(VirtualDisplay.class)
@Timeout(value = 240, threadMode = ThreadMode.SEPARATE_THREAD)
class GuiIT {

    private static final String A2C = "dev.limber.algorithms.a2c";

    @TempDir
    static Path folder;

    @RegisterExtension
    private static final WindowPlatform LIMBER = new WindowPlatform(() -> folder);

    @Test
    void anExperimentIsStartedPausedWeighedAndStopped() throws Exception {
        Path runs = folder.resolve("first");
        try (var window = new OpenWindow(LIMBER.platform(), runs)) {
            window.start(runs.resolve("one"));
            window.press("Pause");
            await("a pause", () -> text("run.phase").equals("paused"));
            String steps = onEdt(() -> text("run.steps"));
            onEdt(() -> {
                find("weight.alive", JSlider.class).orElseThrow().setValue(200);
                return true;
            });
            await("the new weight in the journal", () -> text("run.journal").contains("alive weighs 2"));
            assertEquals(steps, onEdt(() -> text("run.steps")));
            window.press("Proceed");
            await("more steps", () -> !text("run.steps").equals(steps));
            window.stop();
        }
        assertTrue(Files.readString(runs.resolve("one/journal.jsonl")).contains("\"event\":\"weighed\""));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere threads do not tell their priority")
    void whatDrawsGivesWayToWhatTrains() throws Exception {
        Path runs = folder.resolve("ways");
        try (var window = new OpenWindow(LIMBER.platform(), runs, "--show", "limber.view")) {
            window.start(runs.resolve("one"));
            await("frames", () -> text("view.frames").matches("[1-9]\\d* frames/s"));
            int usual = nice("java").getFirst();
            assertEquals(List.of(usual), nice("limber-CartPole"));
            assertEquals(List.of(19), nice("limber-gui-view"));
            assertEquals(List.of(Math.max(usual, 10)), nice("AWT-EventQueue-"));
            window.stop();
            // What is drawn to be learned from, with the view open, is nobody's pastime.
            OpenWindow.choose("environment.observation", "pixels");
            window.start(runs.resolve("pixels"));
            assertEquals(List.of(usual), nice("limber-opengl"));
            assertEquals(List.of(19), nice("limber-opengl-b"));
            List<Integer> drivers = nice("llvmpipe-0");
            assertTrue(drivers.isEmpty() || drivers.equals(List.of(usual, 19)),
                    "the driver's threads: " + drivers);
            window.stop();
        }
    }

    /// How nice the threads of a name are to others, by the system's account, which has the first 15 letters of it. Threads that
    /// a driver starts may have the name of the one that it was called by.
    private static List<Integer> nice(String name) throws IOException {
        var found = new TreeSet<Integer>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                String stat = Files.readString(task.resolve("stat"));
                int end = stat.lastIndexOf(')');
                if (stat.substring(stat.indexOf('(') + 1, end).equals(name)) {
                    found.add(Integer.valueOf(stat.substring(end + 2).split(" ")[16]));
                }
            }
        }
        return List.copyOf(found);
    }

    @Test
    void aValueOutOfRangeIsMarkedAndKeepsTheExperimentFromStarting() throws Exception {
        try (var window = new OpenWindow(LIMBER.platform(), folder.resolve("none"))) {
            window.type("algorithm.gamma", "1.5");
            await("a mark", () -> "error".equals(field("algorithm.gamma").getClientProperty("JComponent.outline")));
            assertFalse(onEdt(() -> find("start", AbstractButton.class).orElseThrow().isEnabled()));
            window.type("algorithm.gamma", "0.9");
            await("no mark", () -> field("algorithm.gamma").getClientProperty("JComponent.outline") == null
                    && find("start", AbstractButton.class).orElseThrow().isEnabled());
        }
    }

    @Test
    void aDroppedJarTakesOverAndIsRolledBack() throws Exception {
        Path runs = folder.resolve("swaps");
        Path jar = NewerVersion.of(A2C, "9.0.0", folder);
        try (var window = new OpenWindow(LIMBER.platform(), runs, "--show", "limber.bundles")) {
            window.start(runs.resolve("swapped"));
            window.drop(Files.writeString(folder.resolve("no.jar"), "no jar"));
            await("a refusal", () -> verdict("no.jar is refused: it is no jar"));
            window.drop(jar);
            await("the swap", () -> verdict("swapped: algorithm a2c 9.0.0 took over from 0.1.0.SNAPSHOT"));
            await("the verdict", () -> verdict("algorithm a2c 9.0.0 has proved itself"));
            await("the new version in the table", () -> row("9.0.0").contains("active"));
            onEdt(() -> {
                JTable table = find("bundles", JTable.class).orElseThrow();
                for (int i = 0; i < table.getRowCount(); i++) {
                    if (table.getValueAt(i, 1).equals("9.0.0")) {
                        table.setRowSelectionInterval(i, i);
                    }
                }
                return true;
            });
            window.press("Roll back");
            await("the version before", () -> verdict("algorithm a2c 0.1.0.SNAPSHOT took over from 9.0.0"));
            assertEquals("running", onEdt(() -> text("run.phase")));
            window.stop();
        }
    }

    @Test
    void aPanelThatThrowsIsReplacedByWhatWentWrong() throws Exception {
        try (var window = new OpenWindow(LIMBER.platform(), folder.resolve("none"))) {
            ServiceRegistration<?> building = register("test.building", true);
            await("the failure", () -> text("failure.reason").contains("no building"));
            building.unregister();
            await("no failure", () -> find("failure", JComponent.class).isEmpty());
            ServiceRegistration<?> painting = register("test.painting", false);
            await("the failure", () -> text("failure.reason").contains("no painting"));
            assertTrue(onEdt(() -> find("runs", JComponent.class).isPresent()));
            painting.unregister();
            await("no failure", () -> find("failure", JComponent.class).isEmpty());
            window.press("Keys");
        }
    }

    @Test
    void panelsAndThemeAreAsTheyWereLeftUntilTheLayoutIsReset() throws Exception {
        try (var _ = new OpenWindow(LIMBER.platform(), folder.resolve("none"))) {
            await("the log", () -> find("limber.log", JComponent.class).isPresent());
            onEdt(() -> {
                item("Panels", "Log").doClick(0);
                // From inside a panel, as users press it, where split panes would have a key of that name.
                SwingUtilities.processKeyBindings(new KeyEvent(field("limber.start"), KeyEvent.KEY_PRESSED,
                        System.currentTimeMillis(), 0, KeyEvent.VK_F8, KeyEvent.CHAR_UNDEFINED));
                return true;
            });
            assertTrue(onEdt(() -> find("limber.log", JComponent.class).isEmpty() && light()));
        }
        try (var window = new OpenWindow(LIMBER.platform(), folder.resolve("none"))) {
            assertTrue(onEdt(() -> find("limber.log", JComponent.class).isEmpty() && light()));
            window.press("Light or dark");
            onEdt(() -> {
                item("View", "Reset layout").doClick(0);
                return true;
            });
            assertTrue(onEdt(() -> find("limber.log", JComponent.class).isPresent() && !light()));
        }
    }

    private static boolean light() {
        return brightness(OpenWindow.picture()) > 190;
    }

    /// An item of a menu.
    private static JMenuItem item(String menu, String text) {
        return OpenWindow.menus().stream().filter(each -> each.getText().equals(menu))
                .flatMap(each -> Arrays.stream(each.getMenuComponents())).filter(JMenuItem.class::isInstance)
                .map(JMenuItem.class::cast).filter(each -> each.getText().equals(text)).findFirst().orElseThrow();
    }

    @Test
    void aBundleThatIsStartedAgainOpensTheWindowAgain() throws Exception {
        try (var window = new OpenWindow(LIMBER.platform(), folder.resolve("none"))) {
            Bundle gui = bundle("dev.limber.launcher.gui");
            gui.stop();
            await("no window", () -> find("start", AbstractButton.class).isEmpty());
            gui.start();
            await("a window", () -> find("start", AbstractButton.class).filter(Component::isEnabled).isPresent());
            window.type("algorithm.gamma", "0.8");
        }
    }

    @Test
    void aScreenshotShowsTheWindowInBothThemes() throws Exception {
        Path runs = folder.resolve("pictured");
        assertEquals(0,
                OpenWindow.commands(LIMBER.platform())
                        .applyAsInt(new String[] {"train", "CartPole-v1", "a2c", "--steps",
                            "2000", "--run", runs.resolve("short").toString()}));
        BufferedImage dark = screenshot(runs, "dark");
        BufferedImage light = screenshot(runs, "light");
        BufferedImage empty = screenshot(folder.resolve("none"), "dark");
        assertEquals(1280, dark.getWidth());
        assertEquals(800, dark.getHeight());
        assertTrue(brightness(dark) < 70 && brightness(light) > 190, brightness(dark) + ", " + brightness(light));
        // The list has a run, drawn in the colour of what is finished, where the empty one has a hint.
        var list = new Rectangle(0, 90, 270, 60);
        var finished = new Color(0x6c, 0xb2, 0xf5);
        assertTrue(colours(dark, list).contains(finished.getRGB()));
        assertFalse(colours(empty, list).contains(finished.getRGB()));
        assertTrue(colours(light, list).contains(new Color(0x20, 0x70, 0xc0).getRGB()));
    }

    @Test
    void whatCannotBeIsOneLine() throws Exception {
        var commands = OpenWindow.commands(LIMBER.platform());
        assertEquals(2, commands.applyAsInt(new String[] {"gui", "--size", "huge"}));
        assertEquals(2, commands.applyAsInt(new String[] {"gui", "--experiment", "CartPole-v1"}));
        assertEquals(2, commands.applyAsInt(new String[] {"gui", "--experiment", "CartPole-v1,none"}));
    }

    private static JComponent field(String name) {
        return find(name, JComponent.class).orElseThrow();
    }

    private static boolean verdict(String words) {
        return entries("verdicts").stream().anyMatch(each -> each.contains(words));
    }

    /// The row of the table of bundles that has a version.
    private static String row(String version) {
        JTable table = find("bundles", JTable.class).orElseThrow();
        var text = new StringBuilder();
        for (int row = 0; row < table.getRowCount(); row++) {
            if (table.getValueAt(row, 1).equals(version)) {
                for (int column = 0; column < table.getColumnCount(); column++) {
                    text.append(table.getValueAt(row, column)).append(' ');
                }
            }
        }
        return text.toString();
    }

    private static Bundle bundle(String name) {
        return Arrays.stream(LIMBER.platform().context().getBundles())
                .filter(each -> name.equals(each.getSymbolicName()))
                .findFirst().orElseThrow();
    }

    /// Registers a panel, in the classes that bundles see.
    ///
    /// @param building true where it throws when it is built, false where it throws when it is painted
    private static ServiceRegistration<?> register(String id, boolean building) throws Exception {
        Bundle api = bundle("dev.limber.api");
        Class<?> type = api.loadClass("dev.limber.api.gui.Panel");
        Object place = api.loadClass("dev.limber.api.gui.Panel$Place").getEnumConstants()[1];
        Object panel = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "id" -> id;
                    case "title" -> "Test";
                    case "icon" -> new NoIcon();
                    case "place" -> place;
                    case "rank" -> 1;
                    case "open" -> {
                        if (building) {
                            throw new IllegalStateException("no building");
                        }
                        yield new Unpaintable();
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> id;
                });
        return api.getBundleContext().registerService(type.getName(), panel, new Hashtable<>());
    }

    private static BufferedImage screenshot(Path runs, String theme) throws Exception {
        Path file = folder.resolve(theme + ".png");
        assertEquals(0,
                OpenWindow.commands(LIMBER.platform()).applyAsInt(new String[] {"gui", "--runs", runs.toString(),
                    "--theme", theme, "--size", "1280x800", "--screenshot", file.toString(), "--after", "4"}));
        return ImageIO.read(file.toFile());
    }

    private static double brightness(BufferedImage picture) {
        long sum = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                sum += new Color(picture.getRGB(x, y)).getGreen();
            }
        }
        return (double) sum / picture.getWidth() / picture.getHeight();
    }

    private static Set<Integer> colours(BufferedImage picture, Rectangle area) {
        var colours = new HashSet<Integer>();
        for (int y = area.y; y < area.y + area.height; y++) {
            for (int x = area.x; x < area.x + area.width; x++) {
                colours.add(picture.getRGB(x, y));
            }
        }
        return colours;
    }

    private static final class Unpaintable extends JPanel {

        private static final long serialVersionUID = 1L;

        @Override
        protected void paintComponent(Graphics graphics) {
            throw new IllegalStateException("no painting");
        }
    }

    private record NoIcon() implements Icon {

        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            // nothing to see
        }

        @Override
        public int getIconWidth() {
            return 16;
        }

        @Override
        public int getIconHeight() {
            return 16;
        }
    }
}
