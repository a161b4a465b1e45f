package dev.limber.distribution;

import dev.limber.launcher.Platform;
import dev.limber.launcher.StartLevel;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// All bundles that the window needs, from before the first to after the last test of a class, with settings and a place for plug-ins within a folder.
final class WindowPlatform implements BeforeAllCallback, AfterAllCallback {

    private final Supplier<Path> folder;
    private Platform platform;

    WindowPlatform(Supplier<Path> folder) {
        this.folder = folder;
    }

    Platform platform() {
        return platform;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        System.setProperty("limber.gui.settings", folder.get().resolve("settings").toString());
        System.setProperty("ai.djl.offline", "true");
        platform = Platform.start(Path.of(System.getProperty("limber.home")), folder.get().resolve("deploy"),
                StartLevel.GUI);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (platform != null) {
            platform.close();
        }
    }
}
