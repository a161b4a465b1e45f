package dev.limber.benchmarks;

import dev.limber.physics.jbullet.JBulletEngine;
import dev.limber.robot.session.realtime.RealTimePriority;
import dev.limber.robot.testing.EmulatedRobot;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import dev.limber.robot.testing.Rig;
import dev.limber.robot.testing.WireLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Emulated Dynamixel servos in a process of their own, so that its collector and compilers do not stop who drives them.
final class EmulatorProcess implements AutoCloseable {

    /// Above the control loop's: real servos are never late because their master computes.
    private static final int PRIORITY = 45;
    private static final int TAPE_BYTES = 400_000_000;

    private final Process process;
    private final BufferedReader out;
    private final String device;

    /// Starts servos.
    ///
    /// @param tape the file that receives every byte once it is closed
    EmulatorProcess(String rig, Path tape) throws IOException {
        process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xms256m", "-Xmn128m",
                "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), EmulatorProcess.class.getName(), rig, tape.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        out = process.inputReader();
        device = out.readLine();
    }

    String device() {
        return device;
    }

    /// Ends it and waits for its tape.
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
        out.close();
    }

    /// The other process: says where the device is, and ends with its input.
    public static void main(String[] arguments) throws IOException {
        var tape = new WireTape(TAPE_BYTES);
        try (var robot = EmulatedRobot.dynamixel(Setup.of(Rig.named(arguments[0])).with(new Urgent(tape)),
                new JBulletEngine())) {
            System.out.println(robot.path());
            while (System.in.read() >= 0) {
            }
        }
        tape.write(Path.of(arguments[1]));
    }

    /// Gives the emulator's thread its priority, with the first bytes that it sees.
    private static final class Urgent implements WireLog {

        private final WireLog log;
        private boolean asked;

        Urgent(WireLog log) {
            this.log = log;
        }

        @Override
        public void received(long nanoTime, byte[] bytes, int count) {
            if (!asked) {
                asked = true;
                RealTimePriority.request(PRIORITY);
            }
            log.received(nanoTime, bytes, count);
        }

        @Override
        public void sent(long nanoTime, byte[] bytes, int count) {
            log.sent(nanoTime, bytes, count);
        }
    }
}
