package dev.limber.robot.session.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSocketTest {

    @Test
    void everyProcessAnswersWithALineForEachSession() throws IOException {
        var asked = new ArrayList<Boolean>();
        Path file = RuntimeFolder.socket(RuntimeFolder.create(), ProcessHandle.current().pid());
        try (var _ = StopSocket.open(now -> {
            asked.add(now);
            return List.of("mock:a is FAULT", "mock:b is STOPPED");
        })) {
            assertTrue(Files.exists(file));
            assertTrue(StopRequest.send(true).containsAll(List.of("mock:a is FAULT", "mock:b is STOPPED")));
            StopRequest.send(false);
            assertEquals(List.of(true, false), asked);
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void aSocketWhoseProcessWasKilledIsRemoved() throws IOException {
        Path left = RuntimeFolder.socket(RuntimeFolder.create(), Long.MAX_VALUE);
        try (var server = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            server.bind(java.net.UnixDomainSocketAddress.of(left));
        }
        assertTrue(Files.exists(left));
        StopRequest.send(false);
        assertFalse(Files.exists(left));
    }
}
