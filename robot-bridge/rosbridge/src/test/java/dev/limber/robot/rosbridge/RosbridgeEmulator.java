package dev.limber.robot.rosbridge;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// A rosbridge server with one robot, which does at once what it is told: WebSocket (RFC 6455) over a real socket.
final class RosbridgeEmulator implements Closeable {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final long PERIOD_NANOS = 500_000;

    private final ServerSocket server;
    private final List<String> joints;
    private final Map<String, Double> positions = new LinkedHashMap<>();
    private final List<Map<String, Object>> heard = new CopyOnWriteArrayList<>();
    private volatile Socket client;
    private volatile boolean subscribed;
    private volatile boolean silent;

    RosbridgeEmulator(List<String> joints) throws IOException {
        this.joints = joints;
        joints.forEach(joint -> positions.put(joint, 0.25));
        server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// All messages that came, as maps.
    List<Map<String, Object>> heard() {
        return heard;
    }

    synchronized double position(String joint) {
        return positions.get(joint);
    }

    /// Publishes nothing any more.
    void fallSilent() {
        silent = true;
    }

    void unplug() throws IOException {
        client.close();
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                client = socket;
                subscribed = false;
                shakeHands(socket);
                Thread.ofVirtual().start(() -> publish(socket));
                Thread.ofVirtual().start(() -> listen(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void shakeHands(Socket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1);
        String key = "";
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:")) {
                key = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest)
                    + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IOException(impossible);
        }
    }

    private void publish(Socket socket) {
        try {
            while (!socket.isClosed()) {
                LockSupport.parkNanos(PERIOD_NANOS);
                if (subscribed && !silent) {
                    say(socket, state());
                }
            }
        } catch (IOException gone) {
            // So is the client.
        }
    }

    private synchronized String state() throws IOException {
        return JSON.std.asString(Map.of("op", "publish", "topic", "/joint_states", "msg",
                Map.of("name", List.copyOf(positions.keySet()), "position", List.copyOf(positions.values()), "velocity",
                        positions.values().stream().map(value -> 0.0).toList(), "effort", List.of())));
    }

    /// Sends a text, damaged or not.
    void say(String text) throws IOException {
        say(client, text);
    }

    private static void say(Socket socket, String text) throws IOException {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        var frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (data.length < 126) {
            frame.write(data.length);
        } else {
            frame.write(126);
            frame.write(data.length >> 8);
            frame.write(data.length);
        }
        frame.write(data);
        synchronized (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(frame.toByteArray());
            out.flush();
        }
    }

    private void listen(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0F;
                int length = in.readUnsignedByte() & 0x7F;
                length = length == 126 ? in.readUnsignedShort() : length;
                byte[] mask = in.readNBytes(4);
                byte[] data = in.readNBytes(length);
                for (int i = 0; i < data.length; i++) {
                    data[i] ^= mask[i % 4];
                }
                if (opcode == 8) {
                    return;
                }
                if (opcode == 1) {
                    take(JSON.std.mapFrom(new String(data, StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException gone) {
            // The client closed it, or the test did.
        }
    }

    private synchronized void take(Map<String, Object> message) {
        heard.add(message);
        if ("subscribe".equals(message.get("op"))) {
            subscribed = true;
        }
        if ("publish".equals(message.get("op")) && message.get("msg") instanceof Map<?, ?> command) {
            if (command.get("points") instanceof List<?> points && points.getLast() instanceof Map<?, ?> point
                    && point.get("positions") instanceof List<?> values
                    && command.get("joint_names") instanceof List<?> names) {
                for (int i = 0; i < names.size(); i++) {
                    positions.put((String) names.get(i), ((Number) values.get(i)).doubleValue());
                }
            } else if (command.get("data") instanceof List<?> values) {
                for (int i = 0; i < values.size(); i++) {
                    positions.put(joints.get(i), ((Number) values.get(i)).doubleValue());
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            if (client != null) {
                client.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
