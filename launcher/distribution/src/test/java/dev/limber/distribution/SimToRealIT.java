package dev.limber.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The way from training to servos as a user goes it: one run directory, a simulated robot, and emulated servos on a device, each in a
/// process of its own.
class SimToRealIT {

    /// A pole that nobody balances is beyond this after less than a second [rad].
    private static final double FALLEN = 0.21;

    @TempDir
    static Path folder;

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void oneRunDrivesTheSimulatedRobotAndTheServos() throws Exception {
        ok("train", "CartPole-jbullet", "sac", "--steps", "12000", "--seed", "1", "--set", "action=continuous", "--set",
                "friction=0..0.5", "--set", "actionDelay=0..0.02", "--set", "topSpeed=0.7..2", "--run", "run");
        ok("robot", "run", "run", "--robot", "simulated:CartPole-jbullet", "--seconds", "4", "--record", "sim.mcap");
        carryAway();
        Process emulator = LimberProcess.start(folder.resolve("emulator"), Path.of(System.getProperty("limber.home"))
                .resolve("deploy"), "robot", "emulate", "cart-pole");
        try {
            ok(onServos(emulator));
        } finally {
            emulator.destroy();
            emulator.waitFor();
        }

        String told = ok("robot", "info", "real.mcap");
        for (String word : List.of("rail", "pivot", "in mode effort", "CALIBRATED", "ARMED", "RUNNING", "STOPPED")) {
            assertTrue(told.contains(word), word + " is not in " + told);
        }
        ok("robot", "replay", "real.mcap", "--csv", "real.csv");
        List<String> rows = Files.readAllLines(work().resolve("real.csv"));
        List<String> names = Arrays.asList(rows.getFirst().split(","));
        double most = 0;
        double stood = 0;
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            String action = cells[names.indexOf("action.rail")];
            most = Math.max(most, action.isEmpty() ? 0 : Math.abs(Double.parseDouble(action)));
            if (Math.abs(Double.parseDouble(cells[names.indexOf("position.pivot")])) > FALLEN) {
                break;
            }
            stood = Double.parseDouble(cells[0]) - Double.parseDouble(rows.get(1).split(",")[0]);
        }
        assertTrue(most > 0.1 && most < 10.1, "at most " + most + " N were sent");
        assertTrue(stood > 2, "the pole stood for " + stood + " s");

        ok("robot", "compare", "sim.mcap", "real.mcap", "--out", "both.png");
        BufferedImage picture = ImageIO.read(work().resolve("both.png").toFile());
        long colours = Arrays.stream(picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0,
                picture.getWidth())).distinct().count();
        assertTrue(colours > 20, colours + " colours");
    }

    /// What the policy's numbers mean on a robot goes with its run, wherever that is.
    private static void carryAway() throws Exception {
        Files.createDirectory(work().resolve("at the robot"));
        Path run = Files.move(work().resolve("run"), work().resolve("at the robot/run"));
        String manifest = Files.readString(run.resolve("run.json")).replaceAll("\\s", "");
        assertTrue(manifest.contains("\"manifest\":{\"task\":\"CartPole-jbullet\",\"mode\":\"effort\",\"rate\":50.0,"
                + "\"joints\":[{\"name\":\"rail\",\"sign\":1,\"offset\":0.0}"), manifest);
    }

    private static Path work() {
        return LimberProcess.work(folder);
    }

    private static String ok(String... arguments) throws Exception {
        LimberProcess.Outcome outcome = LimberProcess.run(folder, arguments);
        assertEquals(0, outcome.code(), outcome.toString());
        return outcome.out();
    }

    /// The command that lets the run drive what an emulator has told of itself.
    private static String[] onServos(Process emulator) throws Exception {
        var command = new ArrayList<>(
                List.of("robot", "run", "at the robot/run", "--seconds", "6", "--record", "real.mcap"));
        Path told = folder.resolve("emulator/out");
        while (Files.readAllLines(told).size() < 2) {
            assertFalse(emulator.waitFor(100, TimeUnit.MILLISECONDS), "the emulator has ended");
        }
        String[] words = Files.readAllLines(told).get(1).split(" "); // limber robot connect KIND:DEVICE --set ...
        command.add("--robot");
        command.addAll(Arrays.asList(words).subList(3, words.length));
        // Servos that are emulated on a busy machine answer late.
        command.addAll(List.of("--set", "timeout=0.015"));
        return command.toArray(String[]::new);
    }
}
