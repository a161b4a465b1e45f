package dev.limber.distribution;

import static dev.limber.distribution.OpenWindow.await;
import static dev.limber.distribution.OpenWindow.entries;
import static dev.limber.distribution.OpenWindow.find;
import static dev.limber.distribution.OpenWindow.onEdt;
import static dev.limber.distribution.OpenWindow.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.launcher.Platform;
import dev.limber.launcher.StartLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The window goes on where plug-ins throw, and says why where its user looks.
@ExtendWith(VirtualDisplay.class)
@Timeout(value = 240, threadMode = ThreadMode.SEPARATE_THREAD)
class FaultIT {

    private static final Path HOME = Path.of(System.getProperty("limber.home"));
    private static final String ENVIRONMENTS = "dev.limber.api.environment.EnvironmentFactory";
    private static final String ALGORITHMS = "dev.limber.api.algorithm.AlgorithmFactory";
    private static final String RENDERERS = "dev.limber.api.render.Renderer";

    @TempDir
    static Path folder;

    private static Platform platform;

    @BeforeAll
    static void startBundles() throws Exception {
        System.setProperty("limber.gui.settings", folder.resolve("settings").toString());
        System.setProperty("ai.djl.offline", "true");
        platform = Platform.start(HOME, folder.resolve("deploy"), StartLevel.GUI);
    }

    @AfterAll
    static void stopBundles() throws Exception {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void anEnvironmentThatThrowsEndsItsRunWhichSaysWhy() throws Exception {
        try (var faulty = new Faulty(platform, ENVIRONMENTS, "CartPole-v1", "create", "step");
                var window = open("environment", "--experiment", Faulty.NAME + ",a2c")) {
            await("the run", () -> text("run.phase").equals("running"));
            faulty.breakDown();
            await("the failure", () -> text("run.phase").equals("failed")
                    && text("run.problem").contains("no step today"));
            requireWorking(window, "environment");
        }
    }

    @Test
    void anAlgorithmThatThrowsEndsItsRunWhichSaysWhy() throws Exception {
        try (var faulty = new Faulty(platform, ALGORITHMS, "a2c", "create", "iterate");
                var window = open("algorithm", "--experiment", "CartPole-v1," + Faulty.NAME)) {
            await("the run", () -> text("run.phase").equals("running"));
            faulty.breakDown();
            await("the failure", () -> text("run.phase").equals("failed")
                    && text("run.problem").contains("no iterate today"));
            requireWorking(window, "algorithm");
        }
    }

    @Test
    void whatCannotBeBuiltIsSaidAboveTheFormThatStartsIt() throws Exception {
        try (var faulty = new Faulty(platform, ALGORITHMS, "a2c", "create", "create");
                var window = open("building")) {
            OpenWindow.choose("start.algorithm", Faulty.NAME);
            faulty.breakDown();
            window.press("start");
            await("the reason", () -> text("warning.text").contains("no create today"));
            OpenWindow.choose("start.algorithm", "a2c");
            requireWorking(window, "building");
        }
    }

    @Test
    void aRendererThatThrowsTakesTheViewAloneUntilItIsOpenedAgain() throws Exception {
        try (var faulty = new Faulty(platform, RENDERERS, "software", "open", "submit");
                var window = open("renderer", "--show", "limber.view", "--experiment", "CartPole-v1,a2c")) {
            await("frames", () -> text("view.frames").matches("[1-9]\\d* frames/s"));
            faulty.breakDown();
            await("the failure", () -> text("failure.reason").contains("no submit today"));
            assertEquals("running", onEdt(() -> text("run.phase")));
            String steps = onEdt(() -> text("run.steps"));
            await("more steps", () -> !text("run.steps").equals(steps));
            faulty.mend();
            window.press("failure.again");
            await("no failure", () -> find("failure", JComponent.class).isEmpty());
            await("frames", () -> text("view.frames").matches("[1-9]\\d* frames/s"));
            window.press("Stop");
            await("the end", () -> text("run.phase").equals("stopped"));
        }
    }

    private static OpenWindow open(String name, String... more) throws Exception {
        Path runs = folder.resolve(name);
        var arguments = new ArrayList<>(List.of("gui", "--runs", runs.toString(), "--size", "1600x1000"));
        if (more.length > 0) {
            arguments.addAll(List.of("--run", runs.resolve("first").toString(), "--steps", "50000000"));
            arguments.addAll(List.of(more));
        }
        return new OpenWindow(platform, arguments.toArray(String[]::new));
    }

    /// Another experiment can be started and stopped.
    private static void requireWorking(OpenWindow window, String name) throws Exception {
        int before = onEdt(() -> entries("runs").size());
        window.type("run.steps", "50000000");
        window.type("run.folder", folder.resolve(name).resolve("next").toString());
        window.press("start");
        await("another run", () -> entries("runs").size() == before + 1 && text("run.phase").equals("running"));
        window.press("Stop");
        await("its end", () -> text("run.phase").equals("stopped"));
    }
}
