package dev.limber.robot.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limber.api.random.SeededRandom;
import dev.limber.robot.recording.mcap.McapFile;
import dev.limber.robot.recording.mcap.McapMessage;
import dev.limber.robot.recording.mcap.McapVisitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lets `@mcap/core`, the reference implementation, read what is written here.
class McapCoreTest {

    private static final Path SCRIPTS = Path.of("src/test/node");

    @TempDir
    Path folder;

    @BeforeAll
    static void requireNode() {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(dir -> Files.isExecutable(Path.of(dir, "node"))),
                "node is missing; on Debian: apt-get install nodejs npm");
        assumeTrue(Files.isDirectory(SCRIPTS.resolve("node_modules/@mcap/core")),
                "@mcap/core is missing; run 'npm ci' in robot-bridge/recording/" + SCRIPTS);
    }

    private static List<String> read(Path file, String way) throws IOException, InterruptedException {
        return node(List.of("read.mjs", way, file.toString()));
    }

    private static List<String> node(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node"));
        command.addAll(arguments);
        Process node = new ProcessBuilder(command).directory(SCRIPTS.toFile()).redirectErrorStream(true).start();
        String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(node.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, node.exitValue(), output);
        return output.lines().toList();
    }

    private static List<String> expected(int cycles) {
        int running = cycles - 10;
        int wrong = (int) java.util.stream.IntStream.range(10, cycles).filter(i -> i % 50 == 17).count();
        double sum = Sessions.cycles(cycles, 5).stream().mapToDouble(cycle -> cycle.measured().positions()[1]).sum();
        return List.of("/command/limited " + running, "/command/sent " + running,
                "/command/wanted " + (running - wrong),
                "/cycle " + cycles, "/events 3", "/joint_states " + cycles,
                "elbow " + Math.round(sum * 1e6), "last event drive 'elbow' reports: Überlast");
    }

    @Test
    void indexedReaderFindsEveryMessageWithCheckSumsGood() throws Exception {
        Path file = Sessions.record(folder.resolve("a.mcap"), 3000, 5);
        assertEquals(expected(3000), read(file, "indexed"));
    }

    /// What is read here of a file that was cut is what the reference reads.
    @Test
    void fileCutAnywhereHasTheMessagesOfItsWholeChunks() throws Exception {
        Path file = Sessions.record(folder.resolve("a.mcap"), 3000, 5);
        byte[] bytes = Files.readAllBytes(file);
        var random = new SeededRandom(3);
        var arguments = new ArrayList<>(List.of("cut.mjs", file.toString()));
        var here = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            int length = 8 + random.nextInt(bytes.length - 8);
            arguments.add(Integer.toString(length));
            int[] messages = {0};
            try (McapFile cut = McapFile.open(Files.write(folder.resolve("cut.mcap"), Arrays.copyOf(bytes, length)))) {
                cut.read(Long.MIN_VALUE, Long.MAX_VALUE, new McapVisitor() {
                    @Override
                    public void message(McapMessage message) {
                        messages[0]++;
                    }
                });
            }
            here.add(Integer.toString(messages[0]));
        }
        assertEquals(here, node(arguments));
        assertTrue(here.stream().distinct().count() > 2, here.toString());
    }

    @Test
    void streamReaderFindsEveryMessageWithCheckSumsGood() throws Exception {
        Path file = Sessions.record(folder.resolve("a.mcap"), 3000, 5);
        assertEquals(expected(3000), read(file, "stream"));
    }
}
