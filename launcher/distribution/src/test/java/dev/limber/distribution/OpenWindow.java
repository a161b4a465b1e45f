package dev.limber.distribution;

import dev.limber.launcher.Platform;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Window;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.Timer;
import javax.swing.TransferHandler.TransferSupport;
import javax.swing.text.JTextComponent;
import org.osgi.util.tracker.ServiceTracker;

/// The window that `limber gui` opens, by the names of its components. Everything is done and looked at on the EDT.
final class OpenWindow implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 90;
    /// More than any test waits for.
    private static final String STEPS = "50000000";

    private final FutureTask<Integer> command;

    /// Runs the command on a thread of its own and waits for the window.
    ///
    /// @param runs where it looks for runs
    /// @param more options of the command
    OpenWindow(Platform platform, Path runs, String... more) throws Exception {
        ToIntFunction<String[]> commands = commands(platform);
        var arguments = new ArrayList<>(List.of("gui", "--runs", runs.toString(), "--size", "1600x1000"));
        arguments.addAll(List.of(more));
        command = new FutureTask<>(() -> commands.applyAsInt(arguments.toArray(String[]::new)));
        Thread.ofPlatform().daemon(true).name("limber gui").start(command);
        await("the window", () -> frame().isPresent());
    }

    /// The commands of a platform, which come soon after its bundles have started.
    static ToIntFunction<String[]> commands(Platform platform) throws Exception {
        var tracker = new ServiceTracker<ToIntFunction<String[]>, ToIntFunction<String[]>>(platform.context(),
                platform.context().createFilter("(limber.commands=true)"), null);
        // All services: this class path does not see every class the commands are registered as.
        tracker.open(true);
        ToIntFunction<String[]> commands = tracker.waitForService(1_000 * PATIENCE_SECONDS);
        if (commands == null) {
            throw new AssertionError("there are no commands: " + platform.problems());
        }
        return commands;
    }

    private static Optional<JFrame> frame() {
        return Arrays.stream(Window.getWindows()).filter(window -> window instanceof JFrame && window.isShowing())
                .map(JFrame.class::cast).findFirst();
    }

    /// Does something on the EDT.
    static <T> T onEdt(Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        EventQueue.invokeLater(task);
        try {
            return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
    }

    /// Waits until something holds.
    static void await(String what, Callable<Boolean> holds) throws Exception {
        var done = new CompletableFuture<Void>();
        var timer = new Timer(30, null);
        timer.addActionListener(_ -> {
            try {
                if (holds.call()) {
                    done.complete(null);
                }
            } catch (Exception failure) {
                done.completeExceptionally(failure);
            }
        });
        timer.setInitialDelay(0);
        timer.start();
        try {
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException never) {
            throw new AssertionError("there never was " + what + "; there was: " + onEdt(OpenWindow::texts), never);
        } finally {
            timer.stop();
        }
    }

    /// The components of a name, on the EDT.
    static <T extends Component> Optional<T> find(String name, Class<T> type) {
        return all().stream().filter(each -> name.equals(each.getName()) && type.isInstance(each)).map(type::cast)
                .findFirst();
    }

    private static List<Component> all() {
        var found = new ArrayList<Component>();
        for (Window window : Window.getWindows()) {
            if (window.isShowing()) {
                collect(window, found);
            }
        }
        return found;
    }

    private static void collect(Component component, List<Component> found) {
        found.add(component);
        if (component instanceof Container container) {
            for (Component each : container.getComponents()) {
                collect(each, found);
            }
        }
    }

    private static List<String> texts() {
        return all().stream().map(each -> switch (each) {
            case JLabel label -> label.getText();
            case JTextComponent text -> text.getText();
            default -> "";
        }).filter(text -> text != null && !text.isBlank()).toList();
    }

    /// The menus and those within them.
    static List<JMenu> menus() {
        JMenuBar bar = frame().orElseThrow().getJMenuBar();
        var found = new ArrayList<JMenu>();
        for (Component each : bar.getComponents()) {
            if (each instanceof JMenu menu) {
                found.add(menu);
                Arrays.stream(menu.getMenuComponents()).filter(JMenu.class::isInstance).map(JMenu.class::cast)
                        .forEach(found::add);
            }
        }
        return found;
    }

    /// What the whole window shows.
    static BufferedImage picture() {
        JFrame frame = frame().orElseThrow();
        var picture = new BufferedImage(frame.getWidth(), frame.getHeight(), BufferedImage.TYPE_INT_RGB);
        frame.paint(picture.createGraphics());
        return picture;
    }

    /// What a label or text says.
    static String text(String name) {
        return find(name, JLabel.class).map(JLabel::getText).or(() -> find(name, JTextComponent.class).map(
                JTextComponent::getText)).orElse("");
    }

    /// The entries of a list.
    static List<String> entries(String name) {
        return find(name, JList.class).map(list -> {
            var entries = new ArrayList<String>();
            for (int i = 0; i < list.getModel().getSize(); i++) {
                entries.add(list.getModel().getElementAt(i).toString());
            }
            return List.copyOf(entries);
        }).orElse(List.of());
    }

    /// Waits for a button to be enabled and presses it.
    void press(String name) throws Exception {
        await("a button " + name + " to press", () -> find(name, AbstractButton.class).filter(Component::isEnabled)
                .isPresent());
        onEdt(() -> {
            find(name, AbstractButton.class).orElseThrow().doClick(0);
            return true;
        });
    }

    /// Types into a field.
    void type(String name, String text) throws Exception {
        await("a field " + name, () -> find(name, JTextComponent.class).isPresent());
        onEdt(() -> {
            find(name, JTextComponent.class).orElseThrow().setText(text);
            return true;
        });
    }

    /// Chooses an entry, once there is one that is called so.
    static void choose(String name, String entry) throws Exception {
        await("an entry " + entry + " of " + name, () -> {
            JComboBox<?> box = find(name, JComboBox.class).orElseThrow();
            for (int i = 0; i < box.getItemCount(); i++) {
                String each = box.getItemAt(i).toString();
                if (each.equals(entry) || each.contains("name=" + entry + ",")) {
                    box.setSelectedIndex(i);
                    return true;
                }
            }
            return false;
        });
    }

    /// Starts what the form says, for longer than any test, and waits until it is listed and learns.
    void start(Path run) throws Exception {
        int before = onEdt(() -> entries("runs").size());
        type("run.steps", STEPS);
        type("run.folder", run.toString());
        press("start");
        await("the run", () -> entries("runs").size() == before + 1 && text("run.phase").equals("running")
                && !text("run.steps").startsWith("0 "));
    }

    /// Stops the selected experiment and waits for its end.
    void stop() throws Exception {
        press("Stop");
        await("the end", () -> text("run.phase").equals("stopped"));
    }

    /// Drops a file on the window.
    void drop(Path file) throws Exception {
        onEdt(() -> {
            var root = frame().orElseThrow().getRootPane();
            var support = new TransferSupport(root, new Files(List.of(file.toFile())));
            return root.getTransferHandler().canImport(support) && root.getTransferHandler().importData(support);
        });
    }

    /// Closes the window as its user does; no experiment may run, about which there would be a question.
    @Override
    public void close() {
        EventQueue.invokeLater(() -> frame().ifPresent(each -> each.dispatchEvent(new WindowEvent(each,
                WindowEvent.WINDOW_CLOSING))));
        try {
            command.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError("the window does not close", failure);
        }
    }

    private record Files(List<File> files) implements Transferable {

        @Override
        public DataFlavor[] getTransferDataFlavors() {
            return new DataFlavor[] {DataFlavor.javaFileListFlavor};
        }

        @Override
        public boolean isDataFlavorSupported(DataFlavor flavor) {
            return flavor.equals(DataFlavor.javaFileListFlavor);
        }

        @Override
        public Object getTransferData(DataFlavor flavor) throws UnsupportedFlavorException {
            if (!isDataFlavorSupported(flavor)) {
                throw new UnsupportedFlavorException(flavor);
            }
            return files;
        }
    }
}
