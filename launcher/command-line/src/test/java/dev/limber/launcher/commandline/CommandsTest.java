package dev.limber.launcher.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.experiment.Experiment.Result;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.RolloutSpec;
import dev.limber.api.plugin.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final Result SOLVED = new Result(Path.of("runs/it"), true, 100_000, 700, 475.5,
            OptionalDouble.of(475), 90_000, 10);
    private static final Result SHORT = new Result(Path.of("runs/it"), true, 50, 0, Double.NaN,
            OptionalDouble.of(475), -1, 0.5);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private ScriptedExperiments experiments = new ScriptedExperiments(SOLVED);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            trian CartPole-v1 a2c              | train
            lisst                              | list
            list environmets                   | environments
            info CartPol-v1                    | CartPole-v1
            info nothing-like-it               | a2c
            train                              | ENV
            train CartPole-v1                  | ALGO
            train CartPole-v1 a2c more         | more
            train CartPole-v1 a2c --sede 3     | --seed
            train CartPole-v1 a2c --seed x     | whole number
            train CartPole-v1 a2c --steps 0    | from 1
            train CartPole-v1 a2c --steps 1.5  | whole number
            train CartPole-v1 a2c --copies -2  | from 1
            train CartPole-v1 a2c --set gamma  | NAME=VALUE
            train CartPole-v1 a2c --device tpu | cpu, gpu or auto
            train CartPole-v1 a2c --seed       | --seed
            train CartPole-v1 a2c --seed 1 --seed 2 | --seed
            resume runs/none                   | runs/none
            evaluate                           | RUN
            evaluate run --checkpoint worst    | latest, best or a step
            evaluate run --episodes none       | --episodes
            rollout CartPole-v1                | --out
            rollout CartPole-v1 --out o.csv --state 0,a | numbers with commas
            rollout CartPole-v1 --out o.csv --policy a --actions b | one of them
            study                              | FILE
            study none.yaml                    | no study file
            compare                            | RUN
            robot replay                       | FILE.mcap
            robot replay a.mcap --csv a.mcap   | another file
            robot replay a.mcap --csv b --robot mock:x | one of them
            robot compare a.mcap               | --out
            compare run --episodes 0           | --episodes
            robot                              | scan
            robot conect mock:a                | connect
            robot connect arm                  | KIND:ADDRESS
            robot connect mock:a --rate fast   | --rate takes a number
            robot connect mock:a --rate 1e4    | 1 to 1000
            robot connect mock:a --stop a=limp | hold, damp or torque-off
            robot connect mock:a --watchdog -1 | watchdog
            robot calibrate mock:a             | --pose
            robot calibrate mock:a --pose hip  | NAME=VALUE
            robot run runs/it                  | --robot
            robot info mock:a --stop a=hold    | --stop
            robot set-id mock:a 1              | NEW
            robot set-id mock:a one 2          | OLD takes a whole number
            robot set-id arm 1 2               | KIND:ADDRESS
            robot set-baud mock:a 1            | BAUD
            robot set-baud mock:a 1 0          | BAUD takes a whole number from 1
            test                               | sources
            new                                | KIND
            new reward                         | NAME
            new rewrad swing                   | reward
            new robot swing                    | environment, algorithm, reward
            new reward 9lives                  | letters
            new reward a_b                     | letters
            new reward ../swing                | letters
            new reward -swing                  | NAME
            new reward switch                  | com.example.switch
            new reward swing --package Com.Me  | Com.Me
            new reward swing --package one     | one
            new reward swing --package java.me | Java's own
            new algorithm a2c                  | there is a plug-in 'a2c' already
            new algorithm other --package dev.limber.test | there is a bundle dev.limber.test already
            """)
    void wrongUseIsOneLineThatSaysWhatIsRight(String arguments, String told) {
        assertEquals(2, run(arguments.split(" ")));
        assertEquals("", text(out));
        assertEquals(1, text(err).lines().count(), text(err));
        assertTrue(text(err).startsWith("limber: ") && text(err).contains(told), text(err));
        assertEquals(List.of(), experiments.asked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            info                   | an argument is empty
            evaluate               | an argument is empty
            train CartPole-v1 a2c --run | the name of the run is empty
            list                   | an argument is empty
            train CartPole-v1 a2c --set | what follows --set is empty
            """)
    void emptyArgumentsAreOneLine(String arguments, String told) {
        assertEquals(2, run((arguments + " ").split(" ", -1)));
        assertEquals(1, text(err).lines().count(), text(err));
        assertTrue(text(err).startsWith("limber: " + told), text(err));
    }

    @Test
    void aRunWithoutNameIsRefused() {
        assertEquals(2, run("train", "CartPole-v1", "a2c", "--run="));
        assertEquals("limber: the name of the run is empty", text(err).strip());
    }

    @Test
    void nothingInstalledIsSaid() {
        assertEquals(0, run("list", "robots"));
        assertEquals("no robots installed", text(out).strip());
    }

    @Test
    void theListOfCommandsHasNoGaps() {
        assertEquals(0, run("--help"));
        String commands = text(out).substring(text(out).indexOf("  list"), text(out).indexOf("  test"));
        assertTrue(commands.lines().noneMatch(String::isBlank), text(out));
        assertTrue(commands.contains("  train"), text(out));
    }

    @Test
    void helpNamesThePrefixesOfOptions() {
        assertEquals(0, run("train", "--help"));
        for (String prefix : List.of("runner.", "algorithm.", "environment.", "normalizer.", "reward.")) {
            assertTrue(text(out).contains(prefix), text(out));
        }
    }

    @Test
    void helpNamesAllCommands() {
        assertEquals(0, run("--help"));
        for (String command : List.of("gui", "list", "info", "train", "resume", "evaluate", "rollout", "study",
                "compare",
                "explain", "new", "deploy", "undeploy", "bundles", "why", "shell", "test")) {
            assertTrue(text(out).lines().anyMatch(line -> line.startsWith("  " + command + " ")), text(out));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gui", "list", "info", "train", "resume", "evaluate", "rollout", "study", "compare",
        "explain", "new",
        "deploy", "undeploy", "bundles", "why", "shell", "test"})
    void everyCommandHasHelpWithAnExample(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(text(out).contains("Example") && text(out).contains("limber " + command), text(out));
    }

    @Test
    void whatIsWrittenReachesTheExperiment() {
        assertEquals(0, run("train", "cartpole-V1", "A2C", "--seed", "7", "--steps", "1e5", "--copies", "16", "--set",
                "gamma=0.9", "--set", "text=a=b", "--run", "there", "--device", "CPU"));
        var spec = (ExperimentSpec) experiments.asked.getFirst();
        assertEquals("CartPole-v1 a2c {gamma=0.9, text=a=b} 7 100000 16 CPU there",
                spec.environment() + " " + spec.algorithm() + " " + spec.settings() + " " + spec.seed() + " "
                        + spec.steps().orElse(0) + " " + spec.copies().orElse(0) + " " + spec.device() + " "
                        + spec.run().orElseThrow());
    }

    @Test
    void trainingEndsWithASummaryAndTheNextCommand() {
        assertEquals(0, run("train", "CartPole-v1", "a2c"));
        assertTrue(text(out).contains("a2c's tuning for CartPole-v1"), text(out));
        assertTrue(text(out).contains("solved (475.0) after 90,000 steps"), text(out));
        assertTrue(text(out).contains("./limber evaluate runs/it"), text(out));
    }

    @Test
    void ofARewardWithoutAThresholdNothingIsSaidAboutSolving() {
        experiments = new ScriptedExperiments(
                new Result(Path.of("runs/it"), true, 100_000, 700, 475.5, OptionalDouble.empty(), -1, 10));
        assertEquals(0, run("train", "CartPole-v1", "a2c"));
        assertTrue(text(out).contains("mean return 475.5\n"), text(out));
        assertFalse(text(out).contains("solved"), text(out));
    }

    @Test
    void jsonIsAllThatStandardOutputHas() {
        assertEquals(0, run("train", "CartPole-v1", "a2c", "--json"));
        assertEquals("{\"run\":\"runs/it\",\"steps\":100000,\"episodes\":700,\"meanReturn\":475.5,"
                + "\"stepsToThreshold\":90000,\"seconds\":10.0,\"stepsPerSecond\":10000.0}", text(out).strip());
        assertTrue(text(err).contains("solved"), text(err));
    }

    @Test
    void whatIsNotKnownIsNullInJson() {
        experiments = new ScriptedExperiments(SHORT);
        assertEquals(0, run("train", "CartPole-v1", "a2c", "--json"));
        assertTrue(text(out).contains("\"meanReturn\":null,\"stepsToThreshold\":null"), text(out));
    }

    @Test
    void evaluationIsPrintedAsJson() {
        assertEquals(0, run("evaluate", "runs/it", "--episodes", "20", "--json"));
        assertEquals("{\"episodes\":20,\"meanReturn\":480.5,\"stdReturn\":10.25,\"minReturn\":400.0,"
                + "\"maxReturn\":500.0,\"meanLength\":480.5,\"checkpoint\":1000,\"environment\":\"CartPole-v1\",\"seed\":0}",
                text(out).strip());
        assertEquals("limber: checkpoint 2000 is skipped: it is no whole zip", text(err).strip());
    }

    @Test
    void aFailedRunIsOneLineAndOne() {
        experiments = new ScriptedExperiments(
                new ExperimentFailedException("the loss is NaN at step 10;\nlower lr", new ArithmeticException()));
        assertEquals(1, run("train", "CartPole-v1", "a2c", "--json"));
        assertTrue(text(err).endsWith("limber: the loss is NaN at step 10; lower lr" + System.lineSeparator()),
                text(err));
        assertEquals("", text(out));
    }

    @Test
    void aRefusedRunIsOneLineAndTwo() {
        experiments = new ScriptedExperiments(new UsageException("gamma is from 0 to 1, not 2"));
        assertEquals(2, run("train", "CartPole-v1", "a2c", "--set", "gamma=2"));
        assertEquals("limber: gamma is from 0 to 1, not 2" + System.lineSeparator(), text(err));
        assertEquals("", text(out));
    }

    @Test
    void negativeStatesAreNumbers() {
        assertEquals(0, run("rollout", "CartPole-v1", "--state", "-1,0.5", "--seed", "-3", "--out", "o.csv"));
        var spec = (RolloutSpec) experiments.asked.getFirst();
        assertEquals(List.of(-1.0, 0.5), spec.state());
        assertEquals(-3, spec.seed());
    }

    @Test
    void environmentsAreDescribedWithUnitsAndOptions() {
        assertEquals(0, run("info", "cartpole-v1"));
        for (String part : List.of("cart velocity [m/s]  -inf to inf", "0 push left, 1 push right", "at most 500 steps",
                "475", "dev.limber.test 1.2.3", "force=10.0  push of an action [N] (at least 0)")) {
            assertTrue(text(out).contains(part), () -> part + " is not in " + text(out));
        }
    }

    @Test
    void outputThatIsNoTerminalHasNoEscapes() {
        run("train", "CartPole-v1", "a2c");
        assertFalse(text(out).contains("\u001b"), text(out));
        assertTrue(text(out).lines().filter(line -> line.contains(" % ")).count() <= 10, text(out));
    }

    private int run(String... arguments) {
        var terminal = new Terminal(printer(out), printer(err), false, false, false, 80, "./limber");
        return CommandTree.execute(new Laboratory(null, new TwoPlugins(), experiments, null), terminal, arguments);
    }

    private static PrintStream printer(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
