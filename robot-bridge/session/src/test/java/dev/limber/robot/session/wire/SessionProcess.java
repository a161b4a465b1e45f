package dev.limber.robot.session.wire;

import static org.junit.jupiter.api.Assertions.fail;

import dev.limber.api.robot.Robot.CommandMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A session that drives the arm in a process of its own, and signals for it.
final class SessionProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    SessionProcess(String device, CommandMode mode) throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), SessionProcess.class.getName(), device, mode.name())
                        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread.ofPlatform().daemon().start(() -> process.inputReader().lines().forEach(lines::add));
    }

    /// Waits for what the session says of itself.
    ///
    /// @return the line that begins so
    String await(String beginning) throws InterruptedException {
        while (true) {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                fail("the session never was " + beginning);
            } else if (line.startsWith(beginning)) {
                return line;
            }
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            fail("the process did not end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// The other process: drives until it is ended, and says what happens.
    public static void main(String[] arguments) {
        CommandMode mode = CommandMode.valueOf(arguments[1]);
        var session = Arm.connect(Arm.spec(arguments[0]).mode(mode).stall(0.5).watchdog(0.5).build(), Optional.empty(),
                event -> System.out.println(event.phase() + " " + event.text()));
        Runtime.getRuntime().addShutdownHook(new Thread(session::stopWithProcess));
        session.calibrate();
        session.arm();
        session.run("swing", new Arm.Swing(mode));
        while (true) {
            LockSupport.park();
        }
    }
}
