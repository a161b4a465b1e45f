package dev.limber.launcher.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {

    @TempDir
    private Path run;

    @Test
    void theStoryOfARunIsToldInSentencesWithTheCurveAtTheSwaps() throws Exception {
        Files.writeString(run.resolve("journal.jsonl"),
                """
                        {"time":"2026-01-02T03:04:05.6Z","step":0,"event":"started","algorithm":"a2c","environment":"CartPole-v1",\
                        "seed":1,"steps":9000}
                        {"time":"2026-01-02T03:04:06.6Z","step":100,"event":"checkpoint","best":true}
                        {"time":"2026-01-02T03:04:07.6Z","step":1500,"event":"swapped","bundle":"com.example.a","version":"1.1.0",\
                        "from":"com.example.a 1.0.0","sha256":"0123456789abcdef","what":"algorithm a2c"}
                        {"time":"2026-01-02T03:04:08.6Z","step":2500,"event":"refused","bundle":"com.example.a","version":"1.2.0",\
                        "reason":"metric 'policy/loss' is NaN","sha256":"","what":"algorithm a2c"}
                        {"time":"2026-01-02T03:04:09.6Z","step":9000,"event":"finis""");
        Files.writeString(run.resolve("metrics.csv"), """
                step,seconds,episode/return_100
                1000,0.1,20.0
                2000,0.2,35.5
                """);
        assertEquals(List.of(
                "2026-01-02 03:04:05  step 0  It began: a2c in CartPole-v1, seed 1, for 9000 steps.",
                "2026-01-02 03:04:07  step 1,500  Algorithm a2c of com.example.a 1.1.0 took over from com.example.a 1.0.0; "
                        + "the mean return of the last 100 episodes was 20.0, and 35.5 at step 2,000. (SHA-256 0123456789ab)",
                "2026-01-02 03:04:08  step 2,500  Algorithm a2c of com.example.a 1.2.0 was refused: metric 'policy/loss' is "
                        + "NaN."),
                told());
    }

    @Test
    void recordersComeAndGoWithoutAPause() throws Exception {
        Files.writeString(run.resolve("journal.jsonl"),
                """
                        {"time":"2026-01-02T03:04:05.6Z","step":10,"event":"swapped","bundle":"com.example.r","version":"1.1.0",\
                        "sha256":"","what":"recorder csv"}
                        {"time":"2026-01-02T03:04:06.6Z","step":20,"event":"withdrawn","bundle":"com.example.r","version":"1.1.0",\
                        "sha256":"","what":"recorder csv"}
                        {"time":"2026-01-02T03:04:07.6Z","step":30,"event":"withdrawn","bundle":"com.example.a","version":"1.1.0",\
                        "sha256":"","what":"algorithm a2c"}
                        {"time":"2026-01-02T03:04:08.6Z","step":30,"event":"swapped","bundle":"com.example.a","version":"1.1.0",\
                        "sha256":"","what":"algorithm a2c"}
                        """);
        String unknown = "the mean return of the last 100 episodes was not known yet.";
        assertEquals(List.of(
                "2026-01-02 03:04:05  step 10  Recorder csv of com.example.r 1.1.0 took over; " + unknown,
                "2026-01-02 03:04:06  step 20  Recorder csv of com.example.r 1.1.0 recorded no more.",
                "2026-01-02 03:04:07  step 30  It paused: algorithm a2c of com.example.a 1.1.0 was removed.",
                "2026-01-02 03:04:08  step 30  Algorithm a2c of com.example.a 1.1.0 took over after a wait; "
                        + unknown),
                told());
    }

    private List<String> told() {
        var out = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out), new PrintStream(out), false, false, false, 80, "./limber");
        assertEquals(0,
                CommandTree.execute(
                        new Laboratory(null, new TwoPlugins(),
                                new ScriptedExperiments(new IllegalStateException("nobody asks")), null),
                        terminal, "explain", run.toString()));
        return out.toString().lines().toList();
    }
}
