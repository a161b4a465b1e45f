package dev.limber.benchmarks;

import dev.limber.api.plugin.Options;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.Controller;
import dev.limber.api.session.Cycle;
import dev.limber.api.session.Phase;
import dev.limber.api.session.SessionEvent;
import dev.limber.api.session.SessionRecorder;
import dev.limber.api.session.SessionSpec;
import dev.limber.api.session.SessionStatus;
import dev.limber.api.session.SessionStatus.Latency;
import dev.limber.robot.dynamixel.DynamixelFactory;
import dev.limber.robot.serial.dynamixel.ControlTable;
import dev.limber.robot.serial.dynamixel.Instruction;
import dev.limber.robot.serial.dynamixel.PacketParser;
import dev.limber.robot.session.LiveSession;
import dev.limber.robot.session.realtime.Pace;
import dev.limber.robot.testing.WireLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// A control session balances an emulated cart-pole of Dynamixel servos over a pseudo-terminal, with the servos in a process of their own: how
/// late cycles begin, how long they take, how many deadlines are missed, and whether what was measured is what the servos sent, and what they
/// received what was reported as sent.
///
/// Arguments: seconds per rate, then rates in Hz.
public final class SessionCycles {

    private static final double METRES_PER_RADIAN = 0.1;
    private static final double FALLEN = 0.5;
    private static final int WARM_UP_SECONDS = 5;

    private SessionCycles() {}

    /// Runs it.
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int[] rates = arguments.length > 1
                ? Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray()
                : new int[] {500, 1000};
        for (int rate : rates) {
            run(rate, WARM_UP_SECONDS, false);
            run(rate, seconds, true);
        }
    }

    private static void run(int rate, int seconds, boolean told) throws IOException, InterruptedException {
        Path tape = Files.createTempFile("limber-wire", ".tape");
        var kept = new Kept(rate * (seconds + 5));
        try {
            SessionStatus status;
            try (var servos = new EmulatorProcess("cart-pole", tape)) {
                status = drive(servos.device(), rate, seconds, kept);
            }
            if (told) {
                tell(rate, seconds, status, kept, tape);
            }
        } finally {
            Files.delete(tape);
        }
    }

    private static SessionStatus drive(String device, int rate, int seconds, Kept kept) throws InterruptedException {
        var options = Options.of(Map.of("ids", "1,2", "joints", "cart,pole", "measured", "pole", "metres",
                METRES_PER_RADIAN + ",0", "baud", 4_000_000));
        SessionSpec spec = SessionSpec.of("dynamixel", device).rate(rate).mode(CommandMode.EFFORT).ramp(0).build();
        try (var session = new LiveSession(spec, new DynamixelFactory().create(device, options), Pace.ofMachine(),
                header -> Optional.of(kept), event -> {}, closed -> {})) {
            session.connect();
            session.calibrate();
            session.arm();
            session.run("balance", new Balance());
            Thread.sleep(1000L * seconds);
            SessionStatus status = session.status();
            session.stop();
            return status;
        }
    }

    private static void tell(int rate, int seconds, SessionStatus status, Kept kept, Path tape) {
        var truth = new Comparison(kept);
        WireTape.play(tape, truth);
        System.out.printf(
                "%d Hz, %d s, %s: %d cycles, %d deadlines missed (%.4f %%; after the first %d s %.4f %%), %d late answers of the controller, "
                        + "%d replies failed, %d measurements and %d commands compared, %d wrong, ended %s%s, pole %s%n",
                rate, seconds,
                status.realTime(), status.cycles(), status.missedDeadlines(),
                100.0 * status.missedDeadlines() / status.cycles(), WARM_UP_SECONDS,
                kept.missedAfter(WARM_UP_SECONDS * rate), status.lateAnswers(), status.failedReplies(),
                truth.measurements, truth.commands, truth.wrong, status.phase(),
                status.phase() == Phase.RUNNING ? "" : " (" + status.reason() + ")", kept.fell ? "fell" : "held");
        print("late", status.wakeUp());
        print("cycle", status.cycleTime());
        truth.tellServos();
    }

    private static void print(String what, Latency latency) {
        System.out.printf("  %-5s p50 %6.0f us, p99 %6.0f us, p99.9 %6.0f us, max %6.0f us%n", what,
                1e6 * latency.p50(),
                1e6 * latency.p99(), 1e6 * latency.p999(), 1e6 * latency.max());
    }

    /// State feedback on cart position and velocity, pole angle and angular velocity [N/m, N s/m, N/rad, N s/rad].
    private static final class Balance implements Controller {

        private static final double[] GAINS = {1.5, 3, 40, 10};

        @Override
        public void reset(JointStates measured) {}

        @Override
        public void control(JointStates measured, double[] wanted) {
            wanted[0] = Math.clamp(GAINS[0] * measured.positions()[0] + GAINS[1] * measured.velocities()[0]
                    + GAINS[2] * measured.positions()[1] + GAINS[3] * measured.velocities()[1], -10, 10);
        }
    }

    /// What the session says of each cycle.
    private static final class Kept implements SessionRecorder {

        private final long[] measuredAt;
        private final long[] sentAt;
        private final double[] positions;
        private final double[] sent;
        private final boolean[] missed;
        private int count;
        private boolean fell;

        Kept(int cycles) {
            measuredAt = new long[cycles];
            sentAt = new long[cycles];
            positions = new double[2 * cycles];
            sent = new double[cycles];
            missed = new boolean[cycles];
        }

        /// The part of cycles after which a deadline was over [%].
        double missedAfter(int first) {
            int late = 0;
            for (int i = first; i < count; i++) {
                late += missed[i] ? 1 : 0;
            }
            return 100.0 * late / Math.max(1, count - first);
        }

        @Override
        public void cycle(Cycle cycle) {
            if (count < sent.length) {
                measuredAt[count] = cycle.times()[2];
                sentAt[count] = cycle.times()[3];
                positions[2 * count] = cycle.measured().positions()[0];
                positions[2 * count + 1] = cycle.measured().positions()[1];
                sent[count] = cycle.sent()[0];
                missed[count] = cycle.number()[2] != 0;
                fell |= Math.abs(cycle.measured().positions()[1]) > FALLEN;
                count++;
            }
        }

        @Override
        public void event(SessionEvent event) {}

        @Override
        public void close() {}
    }

    /// Holds what the session says against what was on the line at that time.
    private static final class Comparison implements WireLog {

        private static final int DIGITS = 3;
        private static final double UNIT = 0.00269 * 3.0 / 2.3 / METRES_PER_RADIAN;

        private final Kept kept;
        private final PacketParser received = new PacketParser(4096);
        private final PacketParser sent = new PacketParser(4096);
        private final int[] ticks = new int[2];
        private int measured;
        private int commanded;
        private int measurements;
        private int commands;
        private int wrong;
        private long receivedAt;
        private final Histogram heard = new Histogram(DIGITS);
        private final Histogram answered = new Histogram(DIGITS);

        Comparison(Kept kept) {
            this.kept = kept;
        }

        /// How late the other process is: until it hears of a command, and from a question to its answer.
        void tellServos() {
            tell("servos hear", heard);
            tell("servos answer", answered);
        }

        private static void tell(String what, Histogram nanos) {
            System.out.printf("  %s: p99.9 %.0f us, max %.0f us%n", what, nanos.getValueAtPercentile(99.9) / 1e3,
                    nanos.getMaxValue() / 1e3);
        }

        @Override
        public void received(long nanoTime, byte[] bytes, int count) {
            receivedAt = nanoTime;
            compareMeasured(nanoTime);
            received.accept(bytes, 0, count);
            while (received.next()) {
                if (received.instruction() == Instruction.SYNC_WRITE
                        && received.u16(0) == ControlTable.GOAL_CURRENT) {
                    compareCommand(nanoTime, received.s16(5) * UNIT);
                }
            }
        }

        /// All that was measured before more was received comes from what was sent last.
        private void compareMeasured(long nanoTime) {
            for (; measured < kept.count && kept.measuredAt[measured] < nanoTime; measured++) {
                if (kept.measuredAt[measured] == 0) {
                    continue;
                }
                measurements++;
                for (int i = 0; i < 2; i++) {
                    double truth = (ticks[i] - ControlTable.CENTER) * ControlTable.RADIANS_PER_TICK
                            * (i == 0 ? METRES_PER_RADIAN : 1);
                    if (Math.abs(kept.positions[2 * measured + i] - truth) > 1e-9) {
                        wrong++;
                        break;
                    }
                }
            }
        }

        private void compareCommand(long nanoTime, double goal) {
            while (commanded < kept.count
                    && (kept.sentAt[commanded] == 0 || Double.isNaN(kept.sent[commanded]))) {
                commanded++;
            }
            if (commanded < kept.count && kept.sentAt[commanded] < nanoTime) {
                commands++;
                heard.recordValue(nanoTime - kept.sentAt[commanded]);
                wrong += Math.abs(kept.sent[commanded++] - goal) > 1e-9 ? 1 : 0;
            }
        }

        @Override
        public void sent(long nanoTime, byte[] bytes, int count) {
            answered.recordValue(nanoTime - receivedAt);
            sent.accept(bytes, 0, count);
            while (sent.next()) {
                if (sent.id() == Instruction.BROADCAST_ID) {
                    int part = (sent.parameters() + 2) / 2;
                    for (int i = 0; i < 2; i++) {
                        ticks[i] = part >= 14 ? sent.s32(i * part + part - 6) : ticks[i];
                    }
                }
            }
        }
    }
}
