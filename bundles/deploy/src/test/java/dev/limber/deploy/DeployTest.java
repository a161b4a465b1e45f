package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.deploy.Placement;
import dev.limber.api.plugin.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What whoever deploys is told is what becomes of the jar.
@Timeout(120)
class DeployTest {

    @TempDir
    private Path home;
    private LiveLaboratory laboratory;

    @BeforeEach
    void start() throws Exception {
        laboratory = LiveLaboratory.start(home, Map.of());
    }

    @AfterEach
    void end() throws Exception {
        laboratory.close();
    }

    private Placement deploy(String file, byte[] jar) throws Exception {
        Path built = Files.createDirectories(home.resolve("build")).resolve(file);
        return laboratory.deployments().deploy(Files.write(built, jar), laboratory.folder(), false);
    }

    private String refusal(String file, byte[] jar) {
        return assertThrows(UsageException.class, () -> deploy(file, jar)).getMessage();
    }

    @Test
    void aFileOfAnotherBundleIsNotWrittenOver() throws Exception {
        byte[] other = Plugin.version("1.0.0").named("com.example.other").jar();
        laboratory.drop("plugin.jar", other);
        assertEquals(laboratory.folder().resolve("com.example.drift-1.0.0.jar"),
                deploy("plugin.jar", Plugin.version("1.0.0").jar()).file());
        laboratory.awaitActive("1.0.0");
        assertArrayEquals(other, Files.readAllBytes(laboratory.folder().resolve("plugin.jar")));
        // Its own file is.
        assertEquals(laboratory.folder().resolve("drift.jar"),
                deploy("drift.jar", Plugin.version("1.1.0").jar()).file());
        assertEquals(laboratory.folder().resolve("drift.jar"),
                deploy("drift.jar", Plugin.version("1.2.0").jar()).file());
        laboratory.awaitActive("1.2.0");
    }

    @Test
    void whereBothNamesAreTakenItIsSaid() throws Exception {
        laboratory.drop("plugin.jar", Plugin.version("1.0.0").named("com.example.other").jar());
        Path taken = Files.createDirectory(laboratory.folder().resolve("com.example.drift-1.0.0.jar"));
        assertEquals(
                "com.example.drift-1.0.0.jar in " + laboratory.folder() + " holds something else; take it away, or "
                        + "give plugin.jar another name",
                refusal("plugin.jar", Plugin.version("1.0.0").jar()));
        Files.delete(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drift.zip", ".drift.jar", "DRIFT.JAR", "drift"})
    void aNameThatNobodyLooksAtIsReplaced(String file) throws Exception {
        assertEquals(laboratory.folder().resolve("com.example.drift-1.0.0.jar"),
                deploy(file, Plugin.version("1.0.0").jar()).file());
        laboratory.awaitActive("1.0.0");
    }

    @Test
    void whatWaitsIsSaidToWait() throws Exception {
        Placement placement = deploy("drift.jar",
                Plugin.version("1.0.0").header("Import-Package", "com.example.gone").jar());
        assertEquals("no bundle has the package com.example.gone", placement.waiting());
        LiveLaboratory.await("the same of the folder", () -> laboratory.deployments().bundles().stream()
                .anyMatch(each -> each.state() == State.WAITING && each.reason().equals(placement.waiting())));
        assertEquals("", deploy("drift.jar", Plugin.version("1.1.0").jar()).waiting());
    }

    @Test
    void whatWouldBeLeftOutIsNotPutThere() throws Exception {
        byte[] environments = LiveLaboratory.jarOf("dev.limber.physics.classiccontrol.CartPole");
        assertEquals("classic.jar is refused: it is older than 0.1.0.SNAPSHOT, which came with Limber",
                refusal("classic.jar", Versions.raised(environments, "0.0.1")));
        // It offers recorders, and what runs experiments.
        byte[] runner = LiveLaboratory.jarOf("dev.limber.experiment.LocalExperiments");
        assertEquals(
                "runner.jar is refused: dev.limber.experiment is a part of Limber that cannot be replaced while it "
                        + "runs",
                refusal("runner.jar", Versions.raised(runner, "9.0.0")));
        try (var files = Files.list(laboratory.folder())) {
            assertEquals(0, files.count());
        }
    }
}
