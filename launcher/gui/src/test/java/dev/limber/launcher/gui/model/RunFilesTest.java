package dev.limber.launcher.gui.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.gui.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

    @TempDir
    Path folder;

    private RunFiles files;

    @BeforeEach
    void describe() throws IOException {
        Files.writeString(folder.resolve("run.json"), """
                {"format": 1, "created": "2026-11-22T08:51:57Z", "seed": 3, "steps": 1000,
                 "environment": {"name": "Cart", "reward": {"alive": {"value": 1.0, "source": "default"}}},
                 "algorithm": {"name": "a2c"}}""");
        files = new RunFiles(folder);
    }

    private void journal(String event, String details) throws IOException {
        Files.writeString(folder.resolve("journal.jsonl"),
                "{\"time\":\"2026-11-22T08:51:57Z\",\"step\":512,\"event\":\""
                        + event + "\"" + details + "}\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Run read() {
        files.read();
        return files.run(Optional.empty());
    }

    @Test
    void aRunOfAProcessThatHasGoneWasStopped() throws IOException {
        journal("started", ",\"process\":" + ProcessHandle.current().pid());
        assertEquals(Phase.STOPPED, read().status().phase());
    }

    @Test
    void aRunOfAnotherProcessRuns() throws IOException {
        journal("started", ",\"process\":" + ProcessHandle.current().parent().orElseThrow().pid());
        assertEquals(Phase.RUNNING, read().status().phase());
    }

    @Test
    void theLastLinesSayHowItEnded() throws IOException {
        journal("started", ",\"process\":1");
        journal("finished", ",\"episodes\":12,\"meanReturn\":80.5,\"seconds\":4.0");
        Run run = read();
        assertEquals(Phase.FINISHED, run.status().phase());
        assertEquals(80.5, run.status().meanReturn());
        assertEquals(128, run.status().stepsPerSecond());
        journal("failed", ",\"message\":\"out of luck\"");
        run = read();
        assertEquals(Phase.FAILED, run.status().phase());
        assertEquals("out of luck", run.problem());
    }

    @Test
    void anEvaluationIsNotTheReturnOfTraining() throws IOException {
        journal("checkpoint", ",\"meanReturn\":20.0");
        journal("evaluation", ",\"meanReturn\":90.0,\"episodes\":10");
        assertEquals(20, read().status().meanReturn());
        assertEquals(0, read().status().episodes());
    }

    @Test
    void weightsAreThoseThatHoldNow() throws IOException {
        assertEquals(List.of(new RewardTerm("alive", 1)), read().rewardTerms());
        journal("weighed", ",\"term\":\"alive\",\"weight\":2.5");
        assertEquals(List.of(new RewardTerm("alive", 2.5)), read().rewardTerms());
    }

    @Test
    void aLineThatIsStillBeingWrittenWaits() throws IOException {
        journal("started", ",\"process\":1");
        Files.writeString(folder.resolve("journal.jsonl"), "{\"time\":\"2026", StandardOpenOption.APPEND);
        assertEquals(1, files.read().size());
        Files.writeString(folder.resolve("journal.jsonl"), "-11-22T08:51:58Z\",\"step\":9,\"event\":\"paused\"}\n",
                StandardOpenOption.APPEND);
        assertEquals(1, files.read().size());
        assertEquals(2, files.journal().size());
    }

    @Test
    void aDamagedDescriptionIsAProblemOfThatRunAlone() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{}");
        assertTrue(read().problem().startsWith("its files cannot be read"));
    }
}
