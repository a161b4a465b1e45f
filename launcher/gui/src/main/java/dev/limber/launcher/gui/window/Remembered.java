package dev.limber.launcher.gui.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// What the window remembers from one time to the next: `window.properties`, and the layout beside it.
public final class Remembered {

    private static final String FOLDER = "limber.gui.settings";

    private final Path folder;
    private final Properties values = new Properties();

    /// Reads what is in a folder; nothing where there is none, or it cannot be read.
    Remembered(Path folder) {
        this.folder = folder;
        try (var in = Files.newInputStream(file())) {
            values.load(in);
        } catch (IOException | IllegalArgumentException nothingYet) {
            values.clear();
        }
    }

    /// What this user's windows remember: in the folder that the system property `limber.gui.settings` names, or where
    /// the system keeps settings.
    public static Remembered ofUser() {
        String named = System.getProperty(FOLDER, "");
        return new Remembered(named.isEmpty() ? systemFolder() : Path.of(named));
    }

    private static Path systemFolder() {
        Path home = Path.of(System.getProperty("user.home"));
        String system = System.getProperty("os.name");
        if (system.startsWith("Mac")) {
            return home.resolve("Library/Application Support/Limber");
        }
        String named = System.getenv(system.startsWith("Windows") ? "APPDATA" : "XDG_CONFIG_HOME");
        return (named == null || named.isEmpty() ? home.resolve(".config") : Path.of(named)).resolve("limber");
    }

    private Path file() {
        return folder.resolve("window.properties");
    }

    /// The file of the layout.
    Path layout() {
        return folder.resolve("layout.xml");
    }

    /// A value.
    String get(String name, String otherwise) {
        return values.getProperty(name, otherwise);
    }

    /// A number.
    int number(String name, int otherwise) {
        try {
            return Integer.parseInt(values.getProperty(name, ""));
        } catch (NumberFormatException absent) {
            return otherwise;
        }
    }

    /// Sets a value.
    void set(String name, String value) {
        values.setProperty(name, value);
    }

    /// Writes it all.
    void save() throws IOException {
        Files.createDirectories(folder);
        try (var out = Files.newOutputStream(file())) {
            values.store(out, "Limber's window");
        }
    }

    /// Forgets the layout.
    void forgetLayout() throws IOException {
        Files.deleteIfExists(layout());
    }
}
