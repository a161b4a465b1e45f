package dev.limber.robot.session.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// Where this process can be asked to stop its robots: a socket in the user's runtime folder, named by the process's number. One line comes in,
/// one for each session goes out.
public final class StopSocket implements AutoCloseable {

    static final String STOP = "stop";
    static final String NOW = "stop now";

    private static final System.Logger LOG = System.getLogger(StopSocket.class.getName());

    private final Path file;
    private final ServerSocketChannel server;
    private final Function<Boolean, List<String>> stop;

    private StopSocket(Path file, ServerSocketChannel server, Function<Boolean, List<String>> stop) {
        this.file = file;
        this.server = server;
        this.stop = stop;
    }

    /// Begins to listen, on threads of its own.
    ///
    /// @param stop stops all sessions, at once where it is given true, and says what became of each
    /// @throws IOException where there can be no socket
    public static StopSocket open(Function<Boolean, List<String>> stop) throws IOException {
        Path file = RuntimeFolder.socket(RuntimeFolder.create(), ProcessHandle.current().pid());
        Files.deleteIfExists(file); // Of a process that had this number before.
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        var socket = new StopSocket(file, server, stop);
        Thread.ofPlatform().daemon().name("stop socket").start(socket::listen);
        return socket;
    }

    private void listen() {
        while (true) {
            try {
                SocketChannel client = server.accept();
                // Somebody who connects and says nothing must not keep others from stopping.
                Thread.ofPlatform().daemon().name("stop request").start(() -> answer(client));
            } catch (ClosedChannelException ended) {
                return;
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "robots can no longer be stopped from other terminals", e);
                return;
            }
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            String line = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8)).readLine();
            List<String> lines = line != null && (line.equals(STOP) || line.equals(NOW))
                    ? stop.apply(line.equals(NOW))
                    : List.of("unknown request; there is '" + STOP + "' and '" + NOW + "'");
            client.write(ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a request to stop broke off", e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the socket was left behind", e);
        }
    }
}
