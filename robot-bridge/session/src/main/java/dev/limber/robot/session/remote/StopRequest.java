package dev.limber.robot.session.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Asks all processes of this user to stop their robots.
public final class StopRequest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /// For stops that brake first; longer than a session waits for its driver.
    private static final Duration GENTLE_PATIENCE = Duration.ofSeconds(45);

    private StopRequest() {}

    /// Asks all of them, and then waits for what each says.
    ///
    /// @param atOnce true for emergency stops
    /// @return one line for each session, or for each process that did not answer
    public static List<String> send(boolean atOnce) {
        return send(atOnce, atOnce ? PATIENCE : GENTLE_PATIENCE);
    }

    static List<String> send(boolean atOnce, Duration patience) {
        var answers = new ArrayList<String>();
        Path folder = RuntimeFolder.path();
        if (!Files.isDirectory(folder)) {
            return answers;
        }
        Map<Path, SocketChannel> asked = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path socket : files.filter(RuntimeFolder::isSocket).sorted().toList()) {
                ask(socket, atOnce, asked, answers);
            }
        } catch (IOException e) {
            answers.add("cannot look into " + folder + ": " + e.getMessage());
        }
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> asked.values().forEach(StopRequest::close));
        asked.forEach((socket, channel) -> hear(socket, channel, answers));
        return answers;
    }

    private static void ask(Path socket, boolean atOnce, Map<Path, SocketChannel> asked, List<String> answers)
            throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(((atOnce ? StopSocket.NOW : StopSocket.STOP) + "\n")
                    .getBytes(StandardCharsets.UTF_8)));
            asked.put(socket, channel);
        } catch (ConnectException gone) {
            channel.close();
            Files.deleteIfExists(socket); // Its process was killed.
        } catch (IOException e) {
            channel.close();
            answers.add(socket + " does not answer: " + e.getMessage());
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException closed) {
            // It is.
        }
    }

    private static void hear(Path socket, SocketChannel channel, List<String> answers) {
        try (channel;
                var lines = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.add(line);
            }
        } catch (ClosedChannelException tooLate) {
            answers.add(socket + " has not answered in time; take the power from its robot");
        } catch (IOException e) {
            answers.add(socket + " does not answer: " + e.getMessage());
        }
    }
}
