package dev.limber.robot.session.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopSocketTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private StopSocket open() throws IOException {
        return StopSocket
                .open(new StopSocket.Stops(() -> asked.add("now"), () -> List.of("mock:a is FAULT", "mock:b is FAULT"),
                        () -> {
                            asked.add("gently");
                            return List.of("mock:a is STOPPED");
                        }), 0);
    }

    @Test
    void everyProcessAnswersWithALineForEachSession() throws IOException {
        Path file = RuntimeFolder.socket(RuntimeFolder.create(), ProcessHandle.current().pid());
        try (var _ = open()) {
            assertTrue(Files.exists(file));
            assertTrue(StopRequest.send(true).containsAll(List.of("mock:a is FAULT", "mock:b is FAULT")));
            assertTrue(StopRequest.send(false).contains("mock:a is STOPPED"));
            assertEquals(List.of("now", "gently"), asked);
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void whoeverConnectsAndSaysNothingKeepsNobodyFromStopping() throws IOException {
        Path file = RuntimeFolder.socket(RuntimeFolder.create(), ProcessHandle.current().pid());
        try (var _ = open();
                var silent = SocketChannel.open(UnixDomainSocketAddress.of(file));
                var slow = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            slow.write(ByteBuffer.wrap("stop ".getBytes()));
            assertTrue(StopRequest.send(true).contains("mock:a is FAULT"));
            slow.write(ByteBuffer.wrap("now\n".getBytes()));
            assertEquals("mock:a is FAULT\nmock:b is FAULT\n", answer(slow));
            silent.write(ByteBuffer.wrap("x".repeat(64).getBytes()));
            assertTrue(answer(silent).startsWith("unknown request"));
        }
        assertEquals(List.of("now", "now"), asked);
    }

    @Test
    void theFirstLineCountsAndSoDoesOneThatIsNotEnded() throws IOException {
        Path file = RuntimeFolder.socket(RuntimeFolder.create(), ProcessHandle.current().pid());
        try (var _ = open();
                var talkative = SocketChannel.open(UnixDomainSocketAddress.of(file));
                var halfOpen = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            talkative.write(ByteBuffer.wrap("stop now\nplease".getBytes()));
            assertTrue(answer(talkative).contains("mock:a is FAULT"));
            halfOpen.write(ByteBuffer.wrap("stop now".getBytes()));
            halfOpen.shutdownOutput();
            assertTrue(answer(halfOpen).contains("mock:a is FAULT"));
        }
        assertEquals(List.of("now", "now"), asked);
    }

    @Test
    void anyNumberOfSilentClientsIsMadeToLeave() throws IOException {
        Path file = RuntimeFolder.socket(RuntimeFolder.create(), ProcessHandle.current().pid());
        var silent = new ArrayList<SocketChannel>();
        try (var _ = open()) {
            for (int i = 0; i < 200; i++) {
                silent.add(SocketChannel.open(UnixDomainSocketAddress.of(file)));
            }
            assertTrue(StopRequest.send(true).contains("mock:a is FAULT"));
            assertEquals("", answer(silent.getFirst()));
        } finally {
            for (SocketChannel each : silent) {
                each.close();
            }
        }
    }

    @Test
    void nobodyElseMayReachTheSocketWhateverTheFolderWasLike() throws IOException {
        Path folder = RuntimeFolder.create();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (var _ = open()) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        }
    }

    private static String answer(SocketChannel client) throws IOException {
        return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aProcessThatHangsIsNamedAndTheOthersAreHeard() throws IOException {
        Path hanging = RuntimeFolder.socket(RuntimeFolder.create(), Long.MAX_VALUE - 1);
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var _ = open()) {
            server.bind(UnixDomainSocketAddress.of(hanging));
            List<String> answers = StopRequest.send(true, Duration.ofMillis(300));
            assertTrue(answers.contains("mock:a is FAULT"), answers.toString());
            assertTrue(answers.contains(hanging + " has not answered in time; take the power from its robot"),
                    answers.toString());
        } finally {
            Files.delete(hanging);
        }
    }

    @Test
    void aSocketWhoseProcessWasKilledIsRemoved() throws IOException {
        Path left = RuntimeFolder.socket(RuntimeFolder.create(), Long.MAX_VALUE);
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(left));
        }
        assertTrue(Files.exists(left));
        StopRequest.send(false);
        assertFalse(Files.exists(left));
    }
}
