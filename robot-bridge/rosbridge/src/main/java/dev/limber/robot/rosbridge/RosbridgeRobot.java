package dev.limber.robot.rosbridge;

import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotException;
import dev.limber.api.robot.RobotException.Kind;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// A robot of ROS behind a rosbridge server, protocol version 2.
///
/// ROS has no message that takes torque away or damps: all ways to stop are one, which is to hold for a controller of
/// positions, and velocity or effort 0 for the others. A controller that hears nothing more goes on with the last command,
/// so there is no watchdog either.
final class RosbridgeRobot implements Robot {

    private static final long PATIENCE_SECONDS = 3;
    private static final long CLOSE_MILLIS = 500;

    private final URI uri;
    private final RosbridgeSettings settings;
    private final RosMessages messages;
    private final RobotSpec spec;
    private final List<String> actuated;
    private final CommandMode mode;
    private final double[] command;
    private final double[] compact;
    private final JointStates scratch;

    private HttpClient client;
    private WebSocket socket;
    private JointStateBoard board;
    private CommandMailbox mailbox;
    private boolean enabled;
    private boolean commanded;

    RosbridgeRobot(URI uri, RosbridgeSettings settings) {
        this.uri = uri;
        this.settings = settings;
        messages = new RosMessages(settings.ros());
        mode = CommandMode.valueOf(settings.mode().toUpperCase(Locale.ROOT));
        List<Joint> joints = JointList.parse(settings.joints(), settings.velocity(), settings.acceleration(),
                settings.effort());
        spec = new RobotSpec("rosbridge " + uri.getHost(), joints, Set.of(mode), settings.cycle(),
                new DriveWatchdog.None());
        actuated = joints.stream().filter(Joint::actuated).map(Joint::name).toList();
        command = new double[joints.size()];
        compact = new double[actuated.size()];
        scratch = JointStates.ofJoints(joints.size());
    }

    @Override
    public RobotSpec spec() {
        return spec;
    }

    @Override
    public void connect() {
        close();
        commanded = false;
        board = new JointStateBoard(settings.states(), spec.joints().stream().map(Joint::name).toList());
        client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS)).build();
        try {
            socket = client.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                    .buildAsync(uri, new Ear(board)).orTimeout(2 * PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            String type = settings.command().equals("trajectory")
                    ? messages.type("trajectory_msgs", "JointTrajectory")
                    : messages.type("std_msgs", "Float64MultiArray");
            text(messages.subscribe(settings.states(), messages.type("sensor_msgs", "JointState")));
            text(messages.advertise(settings.topic(), type));
        } catch (CompletionException failure) {
            close();
            Throwable cause = failure.getCause();
            throw new RobotException(Kind.DISCONNECTED,
                    "no rosbridge server answers at " + uri + ": " + (cause.getMessage() == null
                            ? cause.getClass().getSimpleName()
                            : cause.getMessage()),
                    failure);
        }
        await(System.nanoTime(), TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS), scratch, true);
        mailbox = new CommandMailbox(command.length, this::publish);
    }

    private void await(long since, long nanos, JointStates target, boolean closing) {
        int missing;
        try {
            missing = board.await(since, nanos, target);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new RobotException(Kind.TIMEOUT, "waiting for joint states was interrupted");
        }
        if (missing < 0 && !board.gone()) {
            return;
        }
        boolean gone = board.gone();
        String error = board.error();
        if (closing) {
            close();
        }
        if (gone) {
            throw new RobotException(Kind.DISCONNECTED, "the rosbridge server at " + uri + " is gone" + because(error));
        }
        throw new RobotException(Kind.TIMEOUT, "no state of joint '" + spec.joints().get(missing).name() + "' came on "
                + settings.states() + " within " + nanos / 1_000_000 + " ms" + because(error));
    }

    private static String because(String error) {
        return error.isEmpty() ? "" : "; rosbridge says: " + error;
    }

    @Override
    public void read(JointStates target) {
        requireConnected();
        await(System.nanoTime(), (long) (spec.cycleSeconds() * 1e9), target, false);
    }

    @Override
    public void readHealth(DriveHealth target) {
        requireConnected();
        Arrays.fill(target.temperatures(), Double.NaN);
        Arrays.fill(target.voltages(), Double.NaN);
        Arrays.fill(target.errors(), "");
    }

    @Override
    public void setWatchdog(double seconds) {
        requireConnected();
        if (seconds != 0) {
            throw new RobotException(Kind.REFUSED,
                    "rosbridge has no watchdog: its controllers go on with the last command");
        }
    }

    @Override
    public void enable(CommandMode wanted) {
        requireConnected();
        if (wanted != mode) {
            throw new RobotException(Kind.REFUSED, "the controller of " + settings.topic() + " takes " + mode + ", not "
                    + wanted);
        }
        if (mode == CommandMode.POSITION) {
            read(scratch);
            for (int i = 0; i < command.length; i++) {
                command[i] = clamp(scratch.positions()[i], i);
            }
        } else {
            Arrays.fill(command, 0);
        }
        mailbox.put(command);
        commanded = true;
        enabled = true;
    }

    @Override
    public void send(double[] wanted, double[] applied) {
        requireConnected();
        if (!enabled) {
            throw new RobotException(Kind.REFUSED, "the robot at " + uri + " is not enabled");
        }
        for (int i = 0; i < command.length; i++) {
            if (Double.isNaN(wanted[i]) && spec.joints().get(i).actuated()) {
                throw new RobotException(Kind.REFUSED, "the command for joint '" + spec.joints().get(i).name()
                        + "' is no number");
            }
        }
        for (int i = 0; i < command.length; i++) {
            command[i] = clamp(wanted[i], i);
        }
        mailbox.put(command);
        for (int i = 0; i < command.length; i++) {
            applied[i] = spec.joints().get(i).actuated() ? command[i] : Double.NaN;
        }
    }

    private double clamp(double value, int joint) {
        Joint limits = spec.joints().get(joint);
        return switch (mode) {
            case POSITION -> Math.clamp(value, limits.low(), limits.high());
            case VELOCITY -> Math.clamp(value, -limits.maxVelocity(), limits.maxVelocity());
            case EFFORT -> Math.clamp(value, -limits.maxEffort(), limits.maxEffort());
        };
    }

    @Override
    public void stop(StopWay[] ways) {
        requireConnected();
        enabled = false;
        if (!commanded) {
            return; // a controller that was told nothing holds by itself
        }
        if (mode != CommandMode.POSITION) {
            Arrays.fill(command, 0);
        }
        // Positions are those of the last command: where a joint has sunk to, it would sink on from, step by step.
        mailbox.put(command);
    }

    @Override
    public void close() {
        enabled = false;
        if (mailbox != null) {
            try {
                if (mode != CommandMode.POSITION && !board.gone()) {
                    Arrays.fill(command, 0);
                    mailbox.put(command);
                }
            } catch (RobotException broken) {
                // Nothing more can be said to it.
            }
            mailbox.close(CLOSE_MILLIS);
            mailbox = null;
        }
        if (socket != null) {
            try {
                if (!board.gone()) {
                    text(messages.unsubscribe(settings.states()));
                    text(messages.unadvertise(settings.topic()));
                    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").orTimeout(CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                            .join();
                }
            } catch (CompletionException gone) {
                // It is closed either way.
            }
            socket.abort();
            socket = null;
        }
        if (client != null) {
            client.shutdownNow();
            client = null;
        }
    }

    private void requireConnected() {
        if (mailbox == null) {
            throw new RobotException(Kind.DISCONNECTED, "the robot at " + uri + " is not connected");
        }
        if (board.gone()) {
            throw new RobotException(Kind.DISCONNECTED,
                    "the rosbridge server at " + uri + " is gone" + because(board.error()));
        }
    }

    /// The mailbox's thread.
    private void publish(double[] values) {
        for (int i = 0, j = 0; i < values.length; i++) {
            if (spec.joints().get(i).actuated()) {
                compact[j++] = values[i];
            }
        }
        text(settings.command().equals("trajectory")
                ? messages.trajectory(settings.topic(), actuated, compact, spec.cycleSeconds())
                : messages.array(settings.topic(), compact));
    }

    private void text(String message) {
        socket.sendText(message, true).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Hears what the server says, on the client's thread.
    private static final class Ear implements WebSocket.Listener {

        private static final int MAX_CHARACTERS = 1 << 22;

        private final JointStateBoard board;
        private final StringBuilder parts = new StringBuilder();

        Ear(JointStateBoard board) {
            this.board = board;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            if (parts.length() + data.length() <= MAX_CHARACTERS) {
                parts.append(data);
            }
            if (last) {
                board.hear(parts, System.nanoTime());
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            board.end();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            board.end();
        }
    }
}
