package dev.limber.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two training processes that watch one folder of plug-ins.
@Timeout(300)
class SharedFolderIT {

    private static final String A2C = "dev.limber.algorithms.a2c";
    private static final String VERSION = "9.0.1";

    @TempDir
    Path folder;

    @Test
    void bothTakeWhatIsSoundAndSurviveWhatIsNot() throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("deploy"));
        Path sound = NewerVersion.of(A2C, VERSION, folder);
        byte[] whole = Files.readAllBytes(NewerVersion.of(A2C, "9.0.2", folder));
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Process first = train(one, plugins);
        Process second = train(two, plugins);
        List<Process> both = List.of(first, second);
        try {
            await(both, () -> rows(one) > 2 && rows(two) > 2);
            put(Files.readAllBytes(sound), plugins);
            await(both, () -> journal(one, VERSION) && journal(two, VERSION));
            // Half a jar over the one that both run: it goes to quarantine, and the sound one lies in the folder again.
            put(Arrays.copyOf(whole, whole.length / 2), plugins);
            await(both, () -> Files.exists(plugins.resolve("quarantine/a2c.jar"))
                    && Files.exists(plugins.resolve("a2c.jar")));
            long before = rows(one);
            long beforeToo = rows(two);
            await(both, () -> rows(one) > before + 2 && rows(two) > beforeToo + 2);
        } finally {
            both.forEach(Process::destroy);
            for (Process each : both) {
                assertTrue(each.waitFor(60, TimeUnit.SECONDS));
            }
        }
        assertEquals(-1, Files.mismatch(sound, plugins.resolve("a2c.jar")));
        for (Path run : List.of(one, two)) {
            try (Stream<String> lines = Files.lines(run.resolve("journal.jsonl"))) {
                assertEquals(1, lines.filter(line -> line.contains("\"swapped\"")).count(), run::toString);
            }
        }
    }

    private Process train(Path run, Path plugins) throws IOException {
        return LimberProcess.start(Files.createDirectory(folder.resolve(run.getFileName() + "-process")), plugins,
                "train", "CartPole-v1", "a2c", "--steps", "1e12", "--run", run.toString());
    }

    private void put(byte[] jar, Path plugins) throws IOException {
        Path arriving = Files.write(plugins.resolve(".arriving"), jar);
        Files.move(arriving, plugins.resolve("a2c.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(List<Process> alive, Condition condition) throws IOException {
        while (!condition.holds()) {
            assertTrue(alive.stream().allMatch(Process::isAlive), "a training has ended");
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static long rows(Path run) throws IOException {
        Path file = run.resolve("metrics.csv");
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    /// True where a version has taken over and proved itself.
    private static boolean journal(Path run, String version) throws IOException {
        try (Stream<String> lines = Files.lines(run.resolve("journal.jsonl"))) {
            return lines.anyMatch(line -> line.contains("\"proved\"") && line.contains(version));
        }
    }
}
