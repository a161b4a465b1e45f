package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A version that several runs use while it is on probation.
@Timeout(180)
class ProbationOfSeveralRunsTest {

    private static final long FEW = 100_000_000_000L;

    @TempDir
    private Path home;
    private LiveLaboratory laboratory;

    @BeforeEach
    void start() throws Exception {
        System.setProperty(HostileJarsTest.SLOW, "true");
        laboratory = LiveLaboratory.start(home, Map.of());
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
    }

    @AfterEach
    void end() throws Exception {
        laboratory.close();
        System.clearProperty(HostileJarsTest.SLOW);
    }

    private void awaitProbation(String version) {
        LiveLaboratory.await(version + " on probation", () -> laboratory.deployments().bundles().stream()
                .anyMatch(each -> each.version().equals(version) && each.state() == State.ON_PROBATION));
    }

    @Test
    void aRunThatStartsMeanwhileGoesBackWithTheOthersAndLetsGoOfItsClasses() throws Exception {
        Path later = home.resolve("later");
        Experiment paused = laboratory.train(home.resolve("paused"), FEW);
        paused.pause();
        LiveLaboratory.await("pause", () -> paused.status().phase() == Phase.PAUSED);
        laboratory.drop("drift.jar", Plugin.version("2.0.0").with("created", """
                boolean few = context.progress().totalSteps() == %dL;
                """.formatted(FEW)).with("iterated", """
                if (few && !Thread.currentThread().getName().equals("limber-rehearsal")) {
                    throw new IllegalStateException("not today");
                }
                """).jar());
        awaitProbation("2.0.0");
        var loader = new WeakReference<>(laboratory.loader("2.0.0"));
        Experiment meanwhile = laboratory.train(later, Long.MAX_VALUE);
        assertTrue(Files.readString(later.resolve("run.json")).contains("2.0.0"));
        paused.proceed();
        LiveLaboratory.await("quarantine; " + laboratory.notes,
                () -> Files.exists(laboratory.folder().resolve("quarantine/drift.jar")));
        LiveLaboratory.await("1.0.0 in the one that started meanwhile; " + laboratory.notes,
                () -> HotDeploymentTest.journal(later).lines().anyMatch(line -> line.contains("\"swapped\"")
                        && line.contains("\"version\":\"1.0.0\"")));
        LiveLaboratory.await("collection of its classes", () -> {
            System.gc();
            return loader.refersTo(null);
        });
        for (Experiment each : new Experiment[] {paused, meanwhile}) {
            long step = each.status().step();
            LiveLaboratory.await("steps", () -> each.status().step() > step + 1000);
            each.stop();
            each.await();
        }
    }
}
