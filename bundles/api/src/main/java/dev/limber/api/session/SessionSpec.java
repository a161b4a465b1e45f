package dev.limber.api.session;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What a control session is asked for.
///
/// @param robot name of the [dev.limber.api.robot.RobotFactory]
/// @param address where the robot is, in that factory's syntax
/// @param settings options of that factory, as text
/// @param mode what commands mean
/// @param rate cycles per second [Hz], 1 to 1000
/// @param limits what commands keep to; empty for all that the robot can do
/// @param stopWays joint to how it stops; joints that are not in it are damped
/// @param controllerDeadline how long a controller may think about a measurement before the last command is kept [s]
/// @param controllerMisses how many cycles in a row may be without an answer of the controller before it is a fault
/// @param replyMisses how many cycles in a row may be without a good reply of the robot before it is a fault
/// @param watchdog after which silence the drives stop by themselves [s]
/// @param unwatched true to arm drives that have no watchdog: the user knows that they go on when the process dies
/// @param heartbeat after which silence of [RobotSession#heartbeat] it stops [s]; 0 where no client has to be heard
/// @param stall how long the loop may stand still, between two cycles or within one, before it is a fault [s]
/// @param ramp in which time after arming velocity and effort rise to their limits [s]
/// @param dryRun everything but what energises or commands
/// @param recording the file to record into
/// @param realTimePriority of the loop's thread under SCHED_FIFO, 1 to 99; 0 not to ask for it
public record SessionSpec(String robot, String address, Map<String, String> settings, CommandMode mode, double rate,
        Optional<Limits> limits, Map<String, StopWay> stopWays, double controllerDeadline, int controllerMisses,
        int replyMisses, double watchdog, boolean unwatched, double heartbeat, double stall, double ramp,
        boolean dryRun,
        Optional<Path> recording, int realTimePriority) {

    /// Copies the maps and checks the numbers.
    public SessionSpec {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        stopWays = Collections.unmodifiableMap(new LinkedHashMap<>(stopWays));
        check(rate >= 1 && rate <= 1000, "rate", rate, "Hz, it must be 1 to 1000");
        check(controllerDeadline > 0 && controllerDeadline <= 1 / rate, "controllerDeadline", controllerDeadline,
                "s, it must be above 0 and at most a period of " + 1 / rate + " s");
        check(controllerMisses >= 1, "controllerMisses", controllerMisses, "cycles, it must be at least 1");
        check(replyMisses >= 1, "replyMisses", replyMisses, "cycles, it must be at least 1");
        check(watchdog > 0 && watchdog <= 10, "watchdog", watchdog, "s, it must be above 0 and at most 10");
        check(heartbeat >= 0 && heartbeat <= 60, "heartbeat", heartbeat, "s, it must be 0 to 60");
        check(stall >= 1 / rate && stall <= 10, "stall", stall,
                "s, it must be at least a period of " + 1 / rate + " s and at most 10");
        check(ramp >= 0 && ramp <= 60, "ramp", ramp, "s, it must be 0 to 60");
        check(realTimePriority >= 0 && realTimePriority <= 99, "realTimePriority", realTimePriority,
                ", it must be 0 to 99");
    }

    /// Starts a spec of a robot; everything else has a default that [Builder]'s methods change.
    public static Builder of(String robot, String address) {
        return new Builder(robot, address);
    }

    /// The period of the loop [s].
    public double cycleSeconds() {
        return 1 / rate;
    }

    private static void check(boolean good, String name, double value, String right) {
        if (!good) {
            throw new UsageException("a session's " + name + " is " + value + " " + right);
        }
    }

    /// Builds a spec. Defaults: positions, 100 Hz, the robot's own limits, every joint damped on stopping, half a period for the
    /// controller, 10 cycles without it (of positions, at which a joint stands meanwhile, 0.1 s where that is longer), 5 without a reply, a drive watchdog of 0.1 s that must be there, no heartbeat, a stall of
    /// 0.1 s or 5 periods, a ramp of 0.5 s for positions and velocities, no recording, real-time priority 40.
    public static final class Builder {

        private static final double USUAL_RAMP = 0.5;
        private static final int USUAL_MISSES = 10;
        /// As long as a loop may stand still, and as drives go on by themselves [s].
        private static final double STANDING = 0.1;

        private final String robot;
        private final String address;
        private Map<String, String> settings = Map.of();
        private CommandMode mode = CommandMode.POSITION;
        private double rate = 100;
        private Optional<Limits> limits = Optional.empty();
        private final Map<String, StopWay> stopWays = new LinkedHashMap<>();
        private double controllerDeadline;
        private OptionalInt controllerMisses = OptionalInt.empty();
        private int replyMisses = 5;
        private double watchdog;
        private boolean unwatched;
        private double heartbeat;
        private double stall;
        private OptionalDouble ramp = OptionalDouble.empty();
        private boolean dryRun;
        private Optional<Path> recording = Optional.empty();
        private int realTimePriority = 40;

        private Builder(String robot, String address) {
            this.robot = robot;
            this.address = address;
        }

        /// Sets options of the robot's factory, as text.
        public Builder settings(Map<String, String> options) {
            settings = options;
            return this;
        }

        /// Sets what commands mean.
        public Builder mode(CommandMode commands) {
            mode = commands;
            return this;
        }

        /// Sets the cycles per second [Hz].
        public Builder rate(double hertz) {
            rate = hertz;
            return this;
        }

        /// Sets what commands keep to.
        public Builder limits(Limits narrower) {
            limits = Optional.of(narrower);
            return this;
        }

        /// Sets how a joint stops.
        public Builder stopWay(String joint, StopWay way) {
            stopWays.put(joint, way);
            return this;
        }

        /// Sets how long a controller may think [s].
        public Builder controllerDeadline(double seconds) {
            controllerDeadline = seconds;
            return this;
        }

        /// Sets how many cycles in a row may be without the controller.
        public Builder controllerMisses(int cycles) {
            controllerMisses = OptionalInt.of(cycles);
            return this;
        }

        /// Sets how many cycles in a row may be without a reply.
        public Builder replyMisses(int cycles) {
            replyMisses = cycles;
            return this;
        }

        /// Sets after which silence the drives stop by themselves [s].
        public Builder watchdog(double seconds) {
            watchdog = seconds;
            return this;
        }

        /// Says that the user knows that the drives have no watchdog.
        public Builder unwatched(boolean known) {
            unwatched = known;
            return this;
        }

        /// Sets after which silence of the client it stops [s].
        public Builder heartbeat(double seconds) {
            heartbeat = seconds;
            return this;
        }

        /// Sets how long the loop may stand still [s].
        public Builder stall(double seconds) {
            stall = seconds;
            return this;
        }

        /// Sets in which time limits rise after arming [s].
        public Builder ramp(double seconds) {
            ramp = OptionalDouble.of(seconds);
            return this;
        }

        /// Does everything but what energises or commands.
        public Builder dryRun(boolean dry) {
            dryRun = dry;
            return this;
        }

        /// Sets where to record: a file, or, where its name has no ending, a folder for a new file named after the robot and the time.
        public Builder recording(Path where) {
            recording = Optional.of(where.getFileName().toString().contains(".") ? where : newFile(where));
            return this;
        }

        private Path newFile(Path folder) {
            String name = robot + "-" + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
            Path file = folder.resolve(name + ".mcap");
            for (int i = 2; Files.exists(file); i++) {
                file = folder.resolve(name + "-" + i + ".mcap");
            }
            return file;
        }

        /// Sets the priority under SCHED_FIFO; 0 not to ask for it.
        public Builder realTimePriority(int priority) {
            realTimePriority = priority;
            return this;
        }

        /// The spec.
        ///
        /// @throws UsageException naming the number that cannot be
        public SessionSpec build() {
            return new SessionSpec(robot, address, settings, mode, rate, limits, stopWays,
                    controllerDeadline == 0 ? 0.5 / rate : controllerDeadline,
                    controllerMisses.orElse(mode == CommandMode.POSITION
                            ? (int) Math.max(USUAL_MISSES, Math.ceil(STANDING * rate - 1e-9))
                            : USUAL_MISSES),
                    replyMisses,
                    watchdog == 0 ? Math.max(0.1, 5 / rate) : watchdog, unwatched, heartbeat,
                    stall == 0 ? Math.max(0.1, 5 / rate) : stall,
                    ramp.orElse(mode == CommandMode.EFFORT ? 0 : USUAL_RAMP), dryRun, recording, realTimePriority);
        }
    }
}
