package dev.limber.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.distribution.LimberProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands that set up servos and look at them, each a process of its own, with emulated servos on a device.
class RobotCommandsIT {

    @TempDir
    static Path folder;

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void idsAndSpeedsAreSetOnTheServosThemselves() throws Exception {
        Process emulator = emulate("arm");
        try {
            String arm = driven(emulator, "arm").getFirst();
            Outcome set = robot("set-id", arm, "1", "7");
            assertEquals("servo 1 on " + arm + " is now 7", set.lastLine(), set.toString());
            Outcome info = robot("info", arm, "--set", "ids=7,2", "--set", "joints=shoulder,elbow");
            assertTrue(info.code() == 0 && info.out().contains("shoulder") && info.out().contains("°C"),
                    info.toString());
            refused(2, "there is a servo 7 already", "set-id", arm, "2", "7");
            refused(1, "servo 1 does not answer", "set-id", arm, "1", "3");
            refused(2, "12345 baud, it must be one of", "set-baud", arm, "2", "12345");
            set = robot("set-baud", arm, "2", "57600");
            assertEquals("servo 2 on " + arm + " now talks at 57600 baud", set.lastLine(), set.toString());
            refused(2, "the ids of this kind of robot cannot be set", "set-id", "mock:arm", "1", "2");
        } finally {
            emulator.destroy();
            emulator.waitFor();
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void aQuadrupedHasTwelveServosAndStandsAsItWasPut() throws Exception {
        Process emulator = emulate("quadruped");
        try {
            var command = new ArrayList<>(List.of("info"));
            command.addAll(driven(emulator, "quadruped"));
            Outcome info = robot(command.toArray(String[]::new));
            assertEquals(0, info.code(), info.toString());
            for (String leg : List.of("FL", "FR", "RL", "RR")) {
                for (String joint : List.of("-hip", "-thigh", "-calf")) {
                    String position = Map.of("-hip", "0.0000", "-thigh", "0.5998", "-calf", "-1.1996").get(joint);
                    assertTrue(info.out().lines().map(String::strip)
                            .anyMatch(line -> line.startsWith(leg + joint) && line.contains(" at " + position + " ")),
                            info.toString());
                }
            }
        } finally {
            emulator.destroy();
            emulator.waitFor();
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aSessionIsRecordedWithoutBeingAskedTo() throws Exception {
        refused(2, "--seconds takes a number above 0, not '-2'", "connect", "mock:arm", "--seconds", "-2");
        Outcome connected = robot("connect", "mock:arm", "--seconds", "1", "--limit", "joint1.position=-0.5..0.5");
        assertEquals(0, connected.code(), connected.toString());
        List<Path> recordings;
        try (Stream<Path> files = Files.list(LimberProcess.work(folder).resolve("recordings"))) {
            recordings = files.toList();
        }
        assertEquals(1, recordings.size());
        assertTrue(connected.out().contains("recording into recordings/" + recordings.getFirst().getFileName()),
                connected.toString());
        Outcome told = robot("info", recordings.getFirst().toString());
        assertTrue(told.code() == 0 && told.out().startsWith("arm at mock:arm"), told.toString());
        assertTrue(told.out().contains("limits of joint1: position -0.5 to 0.5, "), told.toString());
        assertFalse(told.out().contains("limits of joint2: position"), told.toString());
        assertFalse(told.out().contains("not whole"), told.toString());
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void ctrlCStopsOnAPathAndTheEndOfTheProcessAtOnceAlsoBeforeAnythingDrives() throws Exception {
        Outcome interrupted = LimberProcess.interruptWithInput(folder, "calibrate\narm\n", "INT", "ARMED: ", "robot",
                "connect", "mock:arm");
        assertEquals(130, interrupted.code(), interrupted.toString());
        assertTrue(interrupted.out().contains("\nSTOPPED: at rest"), interrupted.toString());
        Outcome terminated = LimberProcess.interruptWithInput(folder, "calibrate\narm\n", "TERM", "ARMED: ", "robot",
                "connect", "mock:arm");
        assertEquals(143, terminated.code(), terminated.toString());
        assertTrue(terminated.out().contains("\nFAULT: emergency stop: SIGTERM"), terminated.toString());
        Outcome trained = LimberProcess.run(folder, "train", "CartPole-jbullet", "a2c", "--steps", "200", "--run",
                "run");
        assertEquals(0, trained.code(), trained.toString());
        for (String signal : List.of("INT", "TERM")) {
            Outcome ramped = LimberProcess.interrupt(folder, signal, "ARMED: ", "robot", "run", "run", "--robot",
                    "simulated:CartPole-jbullet", "--ramp", "30");
            assertEquals(signal.equals("INT") ? 130 : 143, ramped.code(), ramped.toString());
            assertTrue(ramped.out().contains(signal.equals("INT") ? "\nSTOPPED: at rest" : "\nFAULT: "),
                    ramped.toString());
            assertFalse(ramped.out().contains("RUNNING: "), ramped.toString());
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aPolicyThatDoesNotFitIsRefusedWithoutARecording() throws Exception {
        Outcome trained = LimberProcess.run(folder, "train", "CartPole-jbullet", "a2c", "--steps", "200", "--run",
                "unfit");
        assertEquals(0, trained.code(), trained.toString());
        refused(2, "the policy of CartPole-jbullet acts at 50.0 Hz, but the session has 20.0 cycles per second", "run",
                "unfit", "--robot", "simulated:CartPole-jbullet", "--rate", "20", "--record", "unfit.mcap");
        refused(2, "needs joint 'rail', but robot 'arm' has joint1, joint2", "run", "unfit", "--robot", "mock:arm",
                "--rate", "100", "--record", "unfit.mcap");
        assertFalse(Files.exists(LimberProcess.work(folder).resolve("unfit.mcap")));
    }

    private static void refused(int code, String why, String... arguments) throws Exception {
        Outcome outcome = robot(arguments);
        assertEquals(code, outcome.code(), outcome.toString());
        assertTrue(outcome.err().lines().count() == 1 && outcome.err().contains(why), outcome.toString());
    }

    private static Outcome robot(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("robot"));
        command.addAll(Arrays.asList(arguments));
        return LimberProcess.run(folder, command.toArray(String[]::new));
    }

    private static Process emulate(String robot) throws Exception {
        return LimberProcess.start(folder.resolve(robot), Path.of(System.getProperty("limber.home")).resolve("deploy"),
                "robot", "emulate", robot);
    }

    /// What an emulator has told of how to drive it: KIND:DEVICE --set ...
    private static List<String> driven(Process emulator, String robot) throws Exception {
        Path told = folder.resolve(robot).resolve("out");
        while (Files.readAllLines(told).size() < 2) {
            assertFalse(emulator.waitFor(100, TimeUnit.MILLISECONDS), "the emulator has ended");
        }
        String[] words = Files.readAllLines(told).get(1).split(" "); // limber robot connect KIND:DEVICE --set ...
        return Arrays.asList(words).subList(3, words.length);
    }
}
