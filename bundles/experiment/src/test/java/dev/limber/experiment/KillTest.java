package dev.limber.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.random.SeededRandom;
import dev.limber.experiment.checkpoint.Checkpoints;
import dev.limber.experiment.run.RunDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {

    private static final int KILLS = 4;

    @TempDir
    private Path temporary;

    /// Kills a run's process at random moments and goes on each time. In the end the run is what it would have been had
    /// nobody killed it.
    @Test
    void aKilledRunLosesNothingBeforeItsNewestCheckpoint() throws Exception {
        Path run = temporary.resolve("run");
        var random = new SeededRandom(System.nanoTime());
        long newest = 0;
        for (int i = 0; i < KILLS; i++) {
            killWhileRunning(run, i % 2 == 0 ? newest : -1, random.nextInt(40));
            Checkpoints checkpoints = RunDirectory.checkpoints(run);
            assertFalse(checkpoints.steps().isEmpty());
            for (long step : checkpoints.steps()) {
                assertEquals(step, checkpoints.read(String.valueOf(step), note -> {}).step());
            }
            checkpoints.read("best", note -> {});
            assertTrue(checkpoints.read("latest", note -> {}).step() >= newest);
            newest = checkpoints.read("latest", note -> {}).step();
        }
        assertTrue(newest > 0);
        LocalExperiments experiments = Fixtures.experiments();
        long total = newest + 100;
        assertTrue(experiments.resume(run, total, ExperimentListener.NONE).await().finished());
        Path whole = temporary.resolve("whole");
        experiments.start(Fixtures.spec(whole, total), ExperimentListener.NONE).await();
        ExperimentTest.assertSameTensors(whole, run);
        assertEquals(ExperimentTest.rows(whole), ExperimentTest.rows(run));
    }

    /// @param beyond kills it only when there is a checkpoint of a later step
    private static void killWhileRunning(Path run, long beyond, int milliseconds)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), KilledRun.class.getName(), run.toString())
                        .redirectErrorStream(true).start();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 2; i++) {
                String line = lines.readLine();
                assertTrue(line != null && line.matches("\\d+"), "the process said: " + line);
            }
            while (RunDirectory.checkpoints(run).steps().getLast() <= beyond) {
                assertTrue(lines.readLine() != null);
            }
            assertFalse(process.waitFor(milliseconds, TimeUnit.MILLISECONDS));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
