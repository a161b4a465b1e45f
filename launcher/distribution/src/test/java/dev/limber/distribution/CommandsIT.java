package dev.limber.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.limber.distribution.LimberProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands as real processes: what they print, which exit code they end with, what they leave.
@Timeout(300)
class CommandsIT {

    @TempDir
    Path folder;

    @Test
    void whatIsInstalledIsListed() throws Exception {
        Outcome outcome = LimberProcess.run(folder, "list");
        for (String part : List.of("environments", "CartPole-v1", "algorithms", "a2c", "engines", "jbullet")) {
            assertTrue(outcome.out().contains(part), () -> part + " is not in " + outcome);
        }
        assertEquals("0 ", outcome.code() + " " + outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gui"})
    void withoutADisplayTheWindowIsOneLine(String command) throws Exception {
        Outcome outcome = LimberProcess.run(folder, command.isEmpty() ? new String[0] : new String[] {command});
        assertEquals("2  limber: there is no display to open a window on; the commands need none: limber --help",
                outcome.code() + " " + outcome.out() + " " + outcome.err().strip());
    }

    @Test
    void anEnvironmentIsDescribed() throws Exception {
        Outcome outcome = LimberProcess.run(folder, "info", "cartpole-v1");
        for (String part : List.of("[rad]", "at most 500 steps", "475", "dev.limber.physics.classiccontrol")) {
            assertTrue(outcome.out().contains(part), () -> part + " is not in " + outcome);
        }
    }

    @ParameterizedTest
    @CsvSource({"train CartPol-v1 a2c,CartPole-v1", "train CartPole-v1 a3c,a2c",
        "train CartPole-v1 a2c --set gama=0.9,gamma", "train CartPole-v1 a2c --set gamma=2,gamma",
        "train CartPole-v1 a2c --set gamma=high,gamma", "resume runs/none,runs/none", "evaluate runs/none,runs/none",
        "rollout CartPole-v1 --actions none.csv --out o.csv,none.csv",
        "rollout CartPole-v1 --state 0 --out o.csv,state"})
    void wrongUseIsOneLineAndLeavesNothing(String arguments, String told) throws Exception {
        Outcome outcome = LimberProcess.run(folder, arguments.split(" "));
        assertEquals(2, outcome.code(), outcome::toString);
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome::toString);
        assertTrue(outcome.err().startsWith("limber: ") && outcome.err().contains(told), outcome::toString);
        try (var files = Files.list(LimberProcess.work(folder))) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aRunIsTrainedResumedEvaluatedAndPlayed() throws Exception {
        Outcome trained = LimberProcess.run(folder, "train", "CartPole-v1", "a2c", "--steps", "4096", "--seed", "1",
                "--run", "my run", "--json");
        assertEquals(0, trained.code(), trained::toString);
        assertEquals(1, trained.out().lines().count(), trained::toString);
        Map<String, Object> result = json(trained);
        assertEquals("my run", result.get("run"));
        assertTrue(((Number) result.get("steps")).longValue() >= 4096, trained::toString);
        assertTrue(((Number) result.get("episodes")).longValue() > 0, trained::toString);
        assertFalse(trained.err().contains("WARNING"), trained::toString);

        Outcome again = LimberProcess.run(folder, "train", "CartPole-v1", "a2c", "--run", "my run");
        assertEquals(2, again.code(), again::toString);

        Outcome resumed = LimberProcess.run(folder, "resume", "my run", "--steps", "8192", "--json");
        assertEquals(0, resumed.code(), resumed::toString);
        assertTrue(((Number) json(resumed).get("steps")).longValue() >= 8192, resumed::toString);

        Outcome evaluated = LimberProcess.run(folder, "evaluate", "my run", "--episodes", "3", "--json");
        assertEquals(0, evaluated.code(), evaluated::toString);
        assertEquals(3, json(evaluated).get("episodes"));
        assertTrue(((Number) json(evaluated).get("meanReturn")).doubleValue() >= 1, evaluated::toString);

        Outcome played = LimberProcess.run(folder, "rollout", "CartPole-v1", "--policy", "my run", "--steps", "5",
                "--out", "played.csv");
        assertEquals(0, played.code(), played::toString);
        assertEquals(5, rows("played.csv"));

        Outcome foreign = LimberProcess.run(folder, "rollout", "Pendulum-v1", "--policy", "my run", "--out", "no.csv");
        assertEquals(2, foreign.code(), foreign::toString);
        assertFalse(Files.exists(LimberProcess.work(folder).resolve("no.csv")));
    }

    @Test
    void actionsComeFromAFile() throws Exception {
        Files.writeString(Files.createDirectories(LimberProcess.work(folder)).resolve("actions.csv"),
                "action\n1\n0\n1\n");
        Outcome outcome = LimberProcess.run(folder, "rollout", "CartPole-v1", "--actions", "actions.csv", "--state",
                "0,0,0.05,0", "--out", "o.csv");
        assertEquals(0, outcome.code(), outcome::toString);
        assertEquals(3, rows("o.csv"));
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void aSignalLeavesARunThatGoesOn(String signal, int code) throws Exception {
        Outcome stopped = LimberProcess.interrupt(folder, signal, "run ", "train", "CartPole-v1", "a2c", "--steps",
                "1e9", "--run", "long");
        assertEquals(code, stopped.code(), stopped::toString);
        assertTrue(stopped.out().contains("resume long"), stopped::toString);
        assertEquals("", stopped.err());

        Outcome resumed = LimberProcess.run(folder, "resume", "long", "--steps", "1", "--json");
        // Whatever it had reached is past one step: the run is there and says so, or is finished.
        assertTrue(resumed.code() == 0 || resumed.code() == 2 && resumed.err().contains("step"), resumed::toString);
    }

    @Test
    void anInterruptedFilmLeavesNothingAndSaysSo() throws Exception {
        Outcome trained = LimberProcess.run(folder, "train", "Pendulum-v1", "a2c", "--steps", "100", "--run", "run");
        assertEquals(0, trained.code(), trained::toString);
        Outcome filmed = LimberProcess.interrupt(folder, "INT", "limber: filming", "evaluate", "run", "--video",
                "film.mp4", "--size", "1920x1080");
        assertEquals(130, filmed.code(), filmed::toString);
        assertTrue(filmed.out().endsWith("limber: interrupted: film.mp4 not written\n"), filmed::toString);
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(List.of(), files.filter(file -> file.toString().contains("film.mp4")).toList());
        }
    }

    @Test
    void theProgressBarKeepsToItsLineOnATerminal() throws Exception {
        Outcome outcome = LimberProcess.runOnTerminal(folder, 60, "train", "CartPole-v1", "a2c", "--steps", "20000");
        assertEquals(0, outcome.code(), outcome::toString);
        List<String> drawn = List.of(outcome.out().split("\r\u001b\\[K")).stream().filter(part -> part.contains(" % "))
                .map(part -> part.lines().findFirst().orElse("").replaceAll("\u001b\\[[0-9;]*m", "")).toList();
        assertFalse(drawn.isEmpty(), outcome::toString);
        assertTrue(drawn.stream().allMatch(line -> line.length() < 60), drawn::toString);
        assertFalse(outcome.out().contains("WARNING"), outcome::toString);
    }

    @Test
    void theShellTakesCommandsFromAPipe() throws Exception {
        Outcome outcome = LimberProcess.runWithInput(folder, "limber:list environments\nlb\nexit\n", "shell");
        assertEquals(0, outcome.code(), outcome::toString);
        assertTrue(outcome.out().contains("CartPole-v1") && outcome.out().contains("Limber API"), outcome::toString);
        assertEquals("", outcome.err());
    }

    private static Map<String, Object> json(Outcome outcome) throws IOException {
        return JSON.std.mapFrom(outcome.lastLine());
    }

    private long rows(String csv) throws IOException {
        try (var lines = Files.lines(LimberProcess.work(folder).resolve(csv))) {
            return lines.count() - 1;
        }
    }
}
