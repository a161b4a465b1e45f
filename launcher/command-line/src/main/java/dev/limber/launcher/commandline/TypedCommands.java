package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotException;
import dev.limber.api.session.RobotSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Does what is typed to a session, one line after the other. An empty line is an emergency stop: it waits for no other, and those before it that
/// were not begun are forgotten.
final class TypedCommands {

    private final RobotSession session;
    private final Consumer<String> note;
    private final Runnable quit;
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final Executor obeying = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, waiting,
            Thread.ofPlatform().daemon().name("typed commands").factory());

    /// @param note tells the user
    /// @param quit ends the session
    TypedCommands(RobotSession session, Consumer<String> note, Runnable quit) {
        this.session = session;
        this.note = note;
        this.quit = quit;
    }

    /// Reads lines until there are no more.
    void read(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(line.strip());
            }
        } catch (IOException ended) {
            // Nothing more can be typed; Ctrl-C and `limber robot stop` still can.
        }
    }

    private void hear(String line) {
        switch (line.toLowerCase(Locale.ROOT)) {
            case "" -> {
                waiting.clear();
                session.emergencyStop("key");
            }
            case "calibrate" -> later(line, session::calibrate);
            case "arm" -> later(line, session::arm);
            case "hold" -> later(line, session::hold);
            case "damp" -> later(line, session::damp);
            case "stop" -> later(line, session::stop);
            case "reset" -> later(line, session::reset);
            case "quit" -> quit.run();
            default -> note.accept(
                    "limber: there is calibrate, arm, hold, damp, stop, reset and quit, not '" + line + "'");
        }
    }

    private void later(String line, Runnable command) {
        obeying.execute(() -> {
            try {
                command.run();
            } catch (UsageException | RobotException refused) {
                note.accept("limber: " + refused.getMessage());
            } catch (Throwable broken) { // Of a driver, as a rule: what is typed next counts all the same.
                note.accept("limber: " + line + " failed: " + broken);
            }
        });
    }
}
