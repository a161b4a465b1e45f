package dev.limber.robot.session.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Asks all processes of this user to stop their robots.
public final class StopRequest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /// For stops that brake first; longer than a session waits for its driver.
    private static final Duration GENTLE_PATIENCE = Duration.ofSeconds(45);

    private final Path socket;
    private final SocketChannel channel;
    private final CompletableFuture<List<String>> answers;

    /// Asks all of them at the same time, and waits for what each says.
    ///
    /// @param atOnce true for emergency stops
    /// @return one line for each session, or for each process that did not answer
    public static List<String> send(boolean atOnce) {
        return send(atOnce, atOnce ? PATIENCE : GENTLE_PATIENCE);
    }

    static List<String> send(boolean atOnce, Duration patience) {
        Path folder = RuntimeFolder.path();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<StopRequest> requests = new ArrayList<>();
            for (Path socket : files.filter(RuntimeFolder::isSocket).sorted().toList()) {
                requests.add(new StopRequest(socket, atOnce ? StopSocket.NOW : StopSocket.STOP));
            }
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> requests.forEach(StopRequest::close));
            return requests.stream().flatMap(request -> request.answers.join().stream()).toList();
        } catch (IOException e) {
            return List.of("cannot look into " + folder + ": " + e.getMessage());
        }
    }

    /// Asks one process, on a thread of its own: one that stands still does not even let itself be called.
    private StopRequest(Path socket, String words) throws IOException {
        this.socket = socket;
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        answers = CompletableFuture.supplyAsync(() -> ask(words),
                task -> Thread.ofPlatform().daemon().name("stop request " + socket.getFileName()).start(task));
    }

    private List<String> ask(String words) {
        try (channel) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((words + "\n").getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (ConnectException gone) {
            return remove();
        } catch (ClosedChannelException tooLate) {
            return List.of(socket + " has not answered in time; take the power from its robot");
        } catch (IOException e) {
            return List.of(socket + " does not answer: " + e.getMessage());
        }
    }

    private List<String> remove() {
        try {
            Files.deleteIfExists(socket); // Its process was killed.
            return List.of();
        } catch (IOException e) {
            return List.of(socket + " belongs to a process that is gone, and cannot be removed: " + e.getMessage());
        }
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException closed) {
            // It is.
        }
    }
}
