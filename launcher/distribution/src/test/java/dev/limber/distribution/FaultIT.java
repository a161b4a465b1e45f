package dev.limber.distribution;

import static dev.limber.distribution.OpenWindow.await;
import static dev.limber.distribution.OpenWindow.find;
import static dev.limber.distribution.OpenWindow.onEdt;
import static dev.limber.distribution.OpenWindow.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The window goes on where plug-ins throw, and says why where its user looks.
@ExtendWith(VirtualDisplay.class)
@Timeout(value = 240, threadMode = ThreadMode.SEPARATE_THREAD)
class FaultIT {

    private static final String ENVIRONMENTS = "dev.limber.api.environment.EnvironmentFactory";
    private static final String ALGORITHMS = "dev.limber.api.algorithm.AlgorithmFactory";
    private static final String RENDERERS = "dev.limber.api.render.Renderer";

    @TempDir
    static Path folder;

    @RegisterExtension
    private static final WindowPlatform LIMBER = new WindowPlatform(() -> folder);

    @Test
    void anEnvironmentThatThrowsEndsItsRunWhichSaysWhy() throws Exception {
        try (var faulty = new Faulty(LIMBER.platform(), ENVIRONMENTS, "CartPole-v1", "create", "step");
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
        try (var faulty = new Faulty(LIMBER.platform(), ALGORITHMS, "a2c", "create", "iterate");
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
        try (var faulty = new Faulty(LIMBER.platform(), ALGORITHMS, "a2c", "create", "create");
                var window = new OpenWindow(LIMBER.platform(), folder.resolve("building"))) {
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
        try (var faulty = new Faulty(LIMBER.platform(), RENDERERS, "software", "open", "submit");
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
            window.stop();
        }
    }

    /// A window with an experiment.
    private static OpenWindow open(String name, String... more) throws Exception {
        Path runs = folder.resolve(name);
        var arguments = new ArrayList<>(List.of("--run", runs.resolve("first").toString(), "--steps", "50000000"));
        arguments.addAll(List.of(more));
        return new OpenWindow(LIMBER.platform(), runs, arguments.toArray(String[]::new));
    }

    /// Another experiment can be started and stopped.
    private static void requireWorking(OpenWindow window, String name) throws Exception {
        window.start(folder.resolve(name).resolve("next"));
        window.stop();
    }
}
