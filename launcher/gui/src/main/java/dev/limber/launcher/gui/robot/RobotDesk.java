package dev.limber.launcher.gui.robot;

import dev.limber.api.gui.Logged;
import dev.limber.api.gui.Logged.Level;
import dev.limber.api.gui.Workbench;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotException;
import dev.limber.api.session.Phase;
import dev.limber.api.session.RobotSession;
import dev.limber.api.session.RobotSessions;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionSpec;
import dev.limber.api.session.SessionStatus;
import java.awt.KeyEventDispatcher;
import java.awt.KeyboardFocusManager;
import java.awt.event.KeyEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javax.swing.Timer;

/// The session of the panel, from connecting to closing. Everything that may take its time is done in the background; stopping at once
/// never waits for that. EDT.
///
/// The session's heartbeat is this window's: it comes from the event thread, so that a window that hangs loses it.
final class RobotDesk {

    /// After which silence of the event thread a robot is stopped [s].
    static final double HEARTBEAT = 1;

    private static final int TICK_MILLIS = 50;
    private static final Set<Phase> ENERGISED = EnumSet.of(Phase.ARMED, Phase.RUNNING, Phase.HOLD, Phase.DAMP);

    private final Workbench workbench;
    private final RobotSessions sessions;
    private final Timer timer = new Timer(TICK_MILLIS, _ -> tick());
    private final KeyEventDispatcher escape = this::escape;
    private Consumer<RobotDesk> view = _ -> {};
    private Optional<RobotSession> session = Optional.empty();
    private Optional<SessionStatus> status = Optional.empty();
    private String busy = "";
    private String problem = "";
    /// The session that is there, or is being connected, for whoever closes the panel meanwhile.
    private volatile Optional<RobotSession> opened = Optional.empty();
    private volatile boolean closed;

    /// What a request came to: its result, or why it has none.
    private record Answer<T>(Optional<T> result, Optional<Throwable> failure) {}

    RobotDesk(Workbench workbench, RobotSessions sessions) {
        this.workbench = workbench;
        this.sessions = sessions;
    }

    /// Shows everything here from now on.
    void show(Consumer<RobotDesk> shown) {
        view = shown;
        KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(escape);
        workbench.on(StopAsked.class, event -> {
            if (moves()) {
                stopNow(event.trigger());
            }
        });
        workbench.onClose(this::close);
        timer.start();
    }

    private void close() {
        timer.stop();
        KeyboardFocusManager.getCurrentKeyboardFocusManager().removeKeyEventDispatcher(escape);
        closed = true;
        opened.ifPresent(open -> {
            open.emergencyStop("the panel was closed");
            Thread.ofPlatform().name("limber-gui-robot-end").start(open::close);
        });
    }

    /// Escape, wherever the focus is, while the robot may move.
    private boolean escape(KeyEvent event) {
        boolean stops = event.getID() == KeyEvent.KEY_PRESSED && event.getKeyCode() == KeyEvent.VK_ESCAPE
                && moves();
        if (stops) {
            stopNow("Escape");
        }
        return stops;
    }

    private boolean moves() {
        return session.map(RobotSession::phase).filter(ENERGISED::contains).isPresent();
    }

    /// Stops the robot at once.
    void stopNow(String trigger) {
        opened.ifPresent(open -> open.emergencyStop(trigger));
        tick();
    }

    private void tick() {
        session.ifPresent(open -> {
            open.heartbeat();
            status = Optional.of(open.status());
        });
        view.accept(this);
    }

    /// Opens a session and connects it.
    void connect(SessionSpec spec) {
        ask("connecting", () -> {
            RobotSession open = sessions.open(spec, this::tell);
            opened = Optional.of(open);
            try {
                open.connect();
            } catch (RuntimeException | Error failure) {
                opened = Optional.empty();
                open.close();
                throw failure;
            }
            if (closed) {
                open.close();
            }
            return open;
        }, open -> session = Optional.of(open));
    }

    /// Stops the robot on a path and lets go of it.
    void disconnect() {
        session.ifPresent(open -> ask("disconnecting", () -> {
            open.close();
            return open;
        }, _ -> {
            session = Optional.empty();
            opened = Optional.empty();
            status = Optional.empty();
        }));
    }

    /// Asks something of the session.
    ///
    /// @param what is being done, for people: "arming"
    void request(String what, Consumer<RobotSession> work) {
        session.ifPresent(open -> ask(what, () -> {
            work.accept(open);
            return open;
        }, _ -> {}));
    }

    /// Does something in the background; what goes wrong is shown.
    <T> void ask(String what, Callable<T> work, Consumer<T> then) {
        busy = what;
        problem = "";
        workbench.inBackground(() -> answer(work), answer -> {
            busy = "";
            answer.failure().ifPresent(failure -> failed(what, failure));
            answer.result().ifPresent(then);
            tick();
        });
        tick();
    }

    private static <T> Answer<T> answer(Callable<T> work) {
        try {
            return new Answer<>(Optional.of(work.call()), Optional.empty());
        } catch (Exception | LinkageError | AssertionError failure) {
            return new Answer<>(Optional.empty(), Optional.of(failure));
        }
    }

    private void failed(String what, Throwable failure) {
        boolean known = failure instanceof UsageException || failure instanceof RobotException;
        problem = known ? failure.getMessage() : what + " failed: " + failure;
        var trace = new StringWriter();
        if (!known) {
            failure.printStackTrace(new PrintWriter(trace));
        }
        workbench.publish(new Logged(Instant.now(), Level.ERROR, "robot", problem, trace.toString()));
    }

    private void tell(SessionEvent event) {
        workbench.publish(Logged.now(switch (event.kind()) {
            case FAULT -> Level.ERROR;
            case LIMIT -> Level.WARNING;
            case PHASE, CONTROLLER, NOTE -> Level.INFO;
        }, "robot", event.phase() + ": " + event.text()));
    }

    Optional<RobotSession> session() {
        return session;
    }

    /// How the session was a moment ago.
    Optional<SessionStatus> status() {
        return status;
    }

    Phase phase() {
        return status.map(SessionStatus::phase).orElse(Phase.CLOSED);
    }

    /// What is being done; empty for nothing.
    String busy() {
        return busy;
    }

    /// What went wrong last; empty for nothing.
    String problem() {
        return problem;
    }

    /// Shows the user what cannot be.
    void problem(String text) {
        problem = text;
        tick();
    }

    /// Robots of a kind that can be found.
    List<String> scan(String kind, Map<String, String> settings) {
        return sessions.scan(kind, settings);
    }
}
