package dev.limber.benchmarks;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.RobotException;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionSpec;
import dev.limber.robot.dynamixel.DynamixelFactory;
import dev.limber.robot.session.LiveSession;
import dev.limber.robot.session.realtime.Pace;
import dev.limber.robot.session.remote.StopRequest;
import dev.limber.robot.session.remote.StopSocket;
import dev.limber.robot.testing.GoalLog;
import dev.limber.robot.testing.GoalLog.Goal;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// Emergency stops of a session that moves an emulated arm: the time from the trigger to the first stop command in the servos' byte log, which
/// has the same clock. After each stop the session is reset, armed and run again.
///
/// Arguments: stops per trigger, rate in Hz, then triggers: `key` (the call that keys, buttons and windows make), `socket` (what `limber robot
/// stop --now` sends), `heartbeat` (from when the last heartbeat is as old as the session allows), `process` (SIGTERM to a process of its own,
/// each time, which has nothing but a hook for its end), `command` (SIGTERM to `limber robot connect`, each time). The first stop of a process
/// runs code that nothing ran before, and is told apart.
public final class SessionStops {

    private static final double HEARTBEAT = 0.01;
    private static final String DRIVE = "drive";
    private static final String DRIVING = "driving";

    private SessionStops() {}

    /// Runs it.
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3 && arguments[0].equals(DRIVE)) {
            driveUntilKilled(arguments[1], Double.parseDouble(arguments[2]));
            return;
        }
        int stops = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        double rate = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 500;
        List<String> triggers = arguments.length > 2
                ? Arrays.asList(arguments).subList(2, arguments.length)
                : List.of("key", "socket", "heartbeat", "process", "command");
        for (String trigger : triggers) {
            Path tape = Files.createTempFile("limber-wire", ".tape");
            try {
                long[] times;
                try (var servos = new EmulatorProcess("arm", tape)) {
                    times = switch (trigger) {
                        case "process" -> endProcesses(stops, () -> drive(servos.device(), rate));
                        case "command" -> endProcesses(stops, () -> connect(servos.device(), rate));
                        default -> stop(servos.device(), rate, stops, trigger);
                    };
                }
                tell(trigger, rate, times, tape);
            } finally {
                Files.delete(tape);
            }
        }
    }

    private static LiveSession open(String device, double rate, double heartbeat) {
        var options = Options.of(Map.of("ids", "1,2", "joints", "shoulder,elbow", "baud", 4_000_000));
        SessionSpec spec = SessionSpec.of("dynamixel", device).rate(rate).heartbeat(heartbeat).ramp(0).build();
        var session = new LiveSession(spec, new DynamixelFactory().create(device, options), Pace.ofMachine(),
                header -> Optional.empty(), event -> {}, closed -> {});
        session.connect();
        var limits = Limits.of(session.robot());
        session.limit(limits.with(limits.joints().get(0).withRange(-0.5, 0.5)));
        return session;
    }

    /// @return when each was triggered [ns]
    private static long[] stop(String device, double rate, int stops, String trigger) throws IOException {
        long[] times = new long[stops];
        var chance = new SplittableRandom(1);
        boolean heartbeat = trigger.equals("heartbeat");
        try (var session = open(device, rate, heartbeat ? HEARTBEAT : 0);
                var _ = StopSocket.open(new StopSocket.Stops(() -> session.emergencyStop("command line"), () -> {
                    session.awaitStop();
                    return List.of(session.phase().toString());
                }, List::of), session.spec().realTimePriority())) {
            int others = 0;
            for (int i = 0; i < stops; i++) {
                try {
                    begin(session);
                    // At any moment of a cycle.
                    LockSupport.parkNanos(2_000_000 + chance.nextLong(5_000_000));
                    boolean early = session.phase() != Phase.RUNNING;
                    times[i] = trigger(session, trigger);
                    while (session.phase() != Phase.FAULT) {
                        LockSupport.parkNanos(200_000);
                    }
                    if (!early && session.status().reason().startsWith("emergency stop")) {
                        continue;
                    }
                } catch (UsageException | RobotException fault) {
                    // As a fault of another kind.
                }
                others++;
                i--; // Once more.
            }
            System.out.printf("%d faults of another kind%n", others);
        }
        return times;
    }

    private static void begin(LiveSession session) {
        if (session.phase() == Phase.FAULT) {
            session.reset();
        }
        session.calibrate();
        session.arm();
        session.run("sway", new Sway());
        session.heartbeat();
    }

    /// @return when it was, of [System#nanoTime] [ns]
    private static long trigger(LiveSession session, String trigger) {
        long now = System.nanoTime();
        switch (trigger) {
            case "key" -> session.emergencyStop("key");
            case "socket" -> StopRequest.send(true);
            case "heartbeat" -> {
                session.heartbeat();
                return System.nanoTime() + Math.round(HEARTBEAT * 1e9);
            }
            default -> throw new UsageException("there is no trigger '" + trigger
                    + "', only key, socket, heartbeat, process and command");
        }
        return now;
    }

    private interface Start {

        /// Returns when it is armed.
        Process process() throws IOException;
    }

    private static long[] endProcesses(int stops, Start start) throws IOException, InterruptedException {
        long[] times = new long[stops];
        var chance = new SplittableRandom(1);
        for (int i = 0; i < stops; i++) {
            Process process = start.process();
            // At any moment of a cycle.
            LockSupport.parkNanos(50_000_000 + chance.nextLong(5_000_000));
            times[i] = System.nanoTime();
            process.destroy();
            process.waitFor();
        }
        return times;
    }

    private static Process drive(String device, double rate) throws IOException {
        return started(DRIVING, "", Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), SessionStops.class.getName(), DRIVE, device,
                Double.toString(rate));
    }

    private static Process connect(String device, double rate) throws IOException {
        return started("ARMED: ", "calibrate\narm\n", "./limber", "robot", "connect", "dynamixel:" + device, "--set",
                "ids=1,2", "--set", "baud=4000000", "--rate", Double.toString(rate), "--record", "none");
    }

    /// @param said what it says when it is armed
    /// @param typed what it is told before
    private static Process started(String said, String typed, String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        for (String line = ""; line == null || !line.startsWith(said); line = process.inputReader().readLine()) {
            if (line == null) {
                throw new IOException("it has ended before it was armed");
            }
        }
        // What it says from now on must not make it wait.
        Thread.ofPlatform().daemon().start(() -> {
            try {
                process.inputReader().transferTo(Writer.nullWriter());
            } catch (IOException ended) {
                // As it shall.
            }
        });
        return process;
    }

    private static void driveUntilKilled(String device, double rate) {
        LiveSession session = open(device, rate, 0);
        Runtime.getRuntime().addShutdownHook(new Thread(session::stopWithProcess));
        session.calibrate();
        session.arm();
        session.run("sway", new Sway());
        System.out.println(DRIVING);
        while (true) {
            LockSupport.park();
        }
    }

    private static void tell(String trigger, double rate, long[] times, Path tape) {
        var log = new GoalLog();
        WireTape.play(tape, log);
        List<Goal> stops = log.goals().stream().filter(Goal::takesTorque).toList();
        double[] waits = new double[times.length];
        int next = 0;
        for (int i = 0; i < times.length; i++) {
            while (stops.get(next).nanoTime() < times[i]) {
                next++;
            }
            waits[i] = (stops.get(next).nanoTime() - times[i]) / 1e9;
        }
        double first = waits[0];
        Arrays.sort(waits);
        System.out.printf(
                "%s, %.0f Hz, %d stops: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms, the first %.2f ms; p99.9 is %.2f periods%n",
                trigger, rate, waits.length, 1e3 * at(waits, 0.5), 1e3 * at(waits, 0.99), 1e3 * at(waits, 0.999),
                1e3 * waits[waits.length - 1], 1e3 * first, at(waits, 0.999) * rate);
    }

    private static double at(double[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    /// Wants more than it may.
    private static final class Sway implements Controller {

        private int asked;

        @Override
        public void reset(JointStates measured) {
            asked = 0;
        }

        @Override
        public void control(JointStates measured, double[] wanted) {
            wanted[0] = Math.sin(0.02 * asked++);
            wanted[1] = -wanted[0];
        }
    }
}
