package dev.limber.robot.recording;

import dev.limber.api.random.SeededRandom;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionHeader;
import dev.limber.api.session.SessionRecorder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Made-up sessions of an arm with two joints.
final class Sessions {

    static final double PERIOD = 0.002;
    static final Instant START = Instant.parse("2026-11-22T10:00:00.000000123Z");
    private static final long NANO_START = -5_000_000_000L;

    private Sessions() {}

    static RobotSpec arm() {
        return new RobotSpec("arm",
                List.of(new Joint("shoulder", -2, 2, 3, 30, 5, true),
                        new Joint("elbow", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 4, 40, 2, true)),
                Set.of(CommandMode.POSITION, CommandMode.VELOCITY), PERIOD, new DriveWatchdog.Settable(0.02, 2.5));
    }

    static SessionHeader header() {
        return new SessionHeader(arm(), "simulated:arm", CommandMode.POSITION, PERIOD, START, NANO_START,
                Map.of("version", "0.1.0", "limits", "shoulder -1 to 1, \"quoted\""));
    }

    /// A moment, counted from the start [ns].
    static long at(double seconds) {
        return NANO_START + Math.round(seconds * 1e9);
    }

    /// Connected for ten cycles, then running along sines; the policy is sometimes wrong.
    static List<Cycle> cycles(int count, long seed) {
        var random = new SeededRandom(seed);
        var cycles = new ArrayList<Cycle>();
        for (int i = 0; i < count; i++) {
            Cycle cycle = Cycle.ofJoints(2);
            boolean running = i >= 10;
            cycle.number()[0] = i;
            cycle.number()[1] = (running ? Phase.RUNNING : Phase.CONNECTED).ordinal();
            cycle.number()[2] = i % 100 == 99 ? 1 : 0;
            double t = (i + 1) * PERIOD;
            cycle.times()[0] = at(t);
            cycle.times()[1] = at(t) + random.nextInt(100_000);
            cycle.times()[2] = cycle.times()[1] + 300_000;
            cycle.times()[3] = running ? cycle.times()[2] + 100_000 : 0;
            cycle.measured().nanoTime()[0] = cycle.times()[2];
            for (int j = 0; j < 2; j++) {
                double target = Math.sin(t * (j + 1)) / 3 * Math.PI;
                cycle.measured().positions()[j] = target + random.nextGaussian() * 1e-3;
                cycle.measured().velocities()[j] = random.nextGaussian();
                cycle.measured().efforts()[j] = j == 0 ? Double.NaN : random.nextGaussian();
                cycle.wanted()[j] = !running ? Double.NaN : switch (i % 50) {
                    case 17 -> Double.NaN;
                    case 18 -> Double.POSITIVE_INFINITY;
                    case 19 -> -1e30;
                    default -> target * 1.5;
                };
                cycle.limited()[j] = running ? target : Double.NaN;
                cycle.sent()[j] = running ? Math.rint(target * 651.8986469) / 651.8986469 : Double.NaN;
            }
            cycles.add(cycle);
        }
        return cycles;
    }

    static List<SessionEvent> events() {
        return List.of(event(0.021, SessionEvent.Kind.PHASE, Phase.RUNNING, "running"),
                event(0.5, SessionEvent.Kind.LIMIT, Phase.RUNNING, "shoulder was held at 1 rad"),
                event(0.9, SessionEvent.Kind.FAULT, Phase.FAULT, "drive 'elbow' reports: Überlast"));
    }

    private static SessionEvent event(double seconds, SessionEvent.Kind kind, Phase phase, String text) {
        return new SessionEvent(START.plusNanos(Math.round(seconds * 1e9)), at(seconds), kind, phase, text);
    }

    static Path record(Path file, int cycles, long seed) {
        try (SessionRecorder recorder = new McapRecorderFactory().open(file, header())) {
            cycles(cycles, seed).forEach(recorder::cycle);
            events().forEach(recorder::event);
        }
        return file;
    }
}
