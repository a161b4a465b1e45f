package dev.limber.robot.session.remote;

import dev.limber.robot.session.realtime.RealTimePriority;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Where this process can be asked to stop its robots: a socket in the user's runtime folder, named by the process's number. One line comes in,
/// one for each session goes out.
///
/// One thread reads all requests, so that nobody who connects and says nothing keeps others from stopping, and asks for emergency stops itself;
/// what takes longer is done on a thread for each request.
public final class StopSocket implements AutoCloseable {

    static final String STOP = "stop";
    static final String NOW = "stop now";

    private static final System.Logger LOG = System.getLogger(StopSocket.class.getName());
    private static final int LONGEST_REQUEST = 64;
    /// How many may be connected without having said anything; the next one makes all of them leave.
    private static final int MOST_SILENT = 64;
    private static final long PAUSE = 100_000_000;

    private final Path file;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final Stops stops;
    private final int priority;

    /// What can be asked for.
    ///
    /// @param request asks all sessions for an emergency stop; returns at once
    /// @param outcome waits for these stops and says what became of each session
    /// @param gently stops all sessions, and says what became of each
    public record Stops(Runnable request, Supplier<List<String>> outcome, Supplier<List<String>> gently) {}

    private StopSocket(Path file, ServerSocketChannel server, Stops stops, int priority) throws IOException {
        this.file = file;
        this.server = server;
        this.stops = stops;
        this.priority = priority;
        selector = Selector.open();
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /// Begins to listen, on a thread of its own.
    ///
    /// @param priority of the thread under SCHED_FIFO; 0 for none
    /// @throws IOException where there can be no socket
    public static StopSocket open(Stops stops, int priority) throws IOException {
        Path file = RuntimeFolder.socket(RuntimeFolder.create(), ProcessHandle.current().pid());
        Files.deleteIfExists(file); // Of a process that had this number before.
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file));
            var socket = new StopSocket(file, server, stops, priority);
            Thread.ofPlatform().daemon().name("stop socket").start(socket::listen);
            return socket;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private void listen() {
        RealTimePriority.request(priority);
        try {
            while (true) {
                selector.select(this::serve);
            }
        } catch (ClosedSelectorException ended) {
            // As it should.
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "robots can no longer be stopped from other terminals", e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (!key.isValid()) {
                return; // Made to leave.
            }
            if (key.isAcceptable()) {
                accept();
            } else {
                read(key);
            }
        } catch (Throwable e) { // Nobody's request may end the thread for all others.
            drop(key, e);
        }
    }

    private void accept() throws IOException {
        if (selector.keys().size() > MOST_SILENT) {
            dropSilent();
        }
        SocketChannel client = server.accept();
        if (client != null) {
            client.configureBlocking(false);
            // Whoever connects to stop has written already, as a rule.
            serve(client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(LONGEST_REQUEST)));
        }
    }

    /// Makes room, after a last look at what they may have said.
    private void dropSilent() {
        for (SelectionKey key : selector.keys()) {
            if (key.channel() != server && key.isValid()) {
                serve(key);
                if (key.isValid()) { // Otherwise it is being answered.
                    close(key);
                }
            }
        }
    }

    private void read(SelectionKey key) throws IOException {
        var client = (SocketChannel) key.channel();
        var line = (ByteBuffer) key.attachment();
        int count = client.read(line);
        String text = new String(line.array(), 0, line.position(), StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        if (count < 0 && text.isBlank()) {
            client.close();
        } else if (count < 0 || end >= 0 || !line.hasRemaining()) {
            key.cancel();
            obey((end < 0 ? text : text.substring(0, end)).strip(), client);
        }
    }

    private void drop(SelectionKey key, Throwable why) {
        if (key.channel() == server) {
            // The process has too many files open, as a rule: those who say nothing give theirs back.
            LOG.log(System.Logger.Level.WARNING, "robots cannot be stopped from other terminals for a moment", why);
            dropSilent();
            LockSupport.parkNanos(PAUSE);
        } else {
            LOG.log(System.Logger.Level.DEBUG, "a request to stop broke off", why);
            close(key);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException gone) {
            // Already.
        }
    }

    private void obey(String request, SocketChannel client) {
        Supplier<List<String>> outcome = switch (request) {
            case NOW -> {
                stops.request().run();
                yield stops.outcome();
            }
            case STOP -> stops.gently();
            default -> () -> List.of("unknown request; there is '" + STOP + "' and '" + NOW + "'");
        };
        Thread.ofPlatform().daemon().name("stop request").start(() -> answer(outcome, client));
    }

    private static void answer(Supplier<List<String>> outcome, SocketChannel client) {
        try (client) {
            client.configureBlocking(true);
            client.write(ByteBuffer.wrap((String.join("\n", outcome.get()) + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a request to stop was not answered", e);
        }
    }

    @Override
    public void close() {
        try {
            if (selector.isOpen()) {
                selector.keys().stream().filter(SelectionKey::isValid).forEach(StopSocket::close);
            }
            selector.close();
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the socket was left behind", e);
        }
    }
}
