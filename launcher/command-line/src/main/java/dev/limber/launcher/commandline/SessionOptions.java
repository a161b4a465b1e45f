package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.Robot.StopWay;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Limits;
import dev.limber.api.session.Limits.Constraint;
import dev.limber.api.session.Limits.JointLimits;
import dev.limber.api.session.RobotSession;
import dev.limber.api.session.SessionSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// The options that all commands with a control session share.
final class SessionOptions {

    private static final String NO_RECORDING = "none";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "set an option of the driver; may be repeated")
    List<String> settings = new ArrayList<>();

    @Option(names = "--rate", paramLabel = "HZ", description = "cycles per second, 1 to 1000 (default: 100, or what the policy needs)")
    String rate;

    @Option(names = "--limit", paramLabel = "JOINT.WHAT=VALUE", description = "narrow a limit: hip.position=-0.5..0.5, hip.velocity=2, .acceleration, .effort, .effort-rate (default: all that the drive can do)")
    List<String> limits = new ArrayList<>();

    @Option(names = "--keep", paramLabel = "NAME=SUM:LOW..HIGH", description = "a work space: reach=hip+0.5*knee:-1..1")
    List<String> constraints = new ArrayList<>();

    @Option(names = "--stop", paramLabel = "JOINT=WAY", description = "how a joint stops: hold, damp or torque-off (default: damp)")
    List<String> stops = new ArrayList<>();

    @Option(names = "--watchdog", paramLabel = "S", description = "after which silence the drives stop by themselves (default: 0.1)")
    String watchdog;

    @Option(names = "--unwatched", description = "arm drives that have no watchdog and go on when this process dies")
    boolean unwatched;

    @Option(names = "--ramp", paramLabel = "S", description = "in which time velocities rise to their limits after arming (default: 0.5, with efforts 0)")
    String ramp;

    @Option(names = "--priority", paramLabel = "N", defaultValue = "40", description = "real-time priority under SCHED_FIFO, 0 for none (default: 40)")
    String priority;

    @Option(names = "--dry-run", description = "everything but what energises or commands")
    boolean dryRun;

    @Option(names = "--record", paramLabel = "FILE|FOLDER|none", defaultValue = "recordings", description = "where to record the session: a file, or a folder for a new one (default: recordings)")
    String record = NO_RECORDING;

    /// A session that is connected, with narrowed limits.
    ///
    /// @param usualRate where none is given [Hz]
    RobotSession connect(Laboratory laboratory, RobotName robot, CommandMode mode, double usualRate, SessionView view) {
        SessionSpec spec = spec(robot, mode, usualRate);
        // What the start has left would be collected while the robot is driven, and stop all threads for some 35 ms.
        System.gc();
        RobotSession session = laboratory.sessions().open(spec, view);
        try {
            session.connect();
            if (!limits.isEmpty() || !constraints.isEmpty()) {
                session.limit(limits(session.robot()));
            }
            session.spec().recording().ifPresent(file -> view.note("recording into " + Paths.shown(file)));
            return session;
        } catch (RuntimeException refused) {
            session.close();
            throw refused;
        }
    }

    /// The spec of a session.
    ///
    /// @param usualRate where none is given [Hz]
    SessionSpec spec(RobotName robot, CommandMode mode, double usualRate) {
        SessionSpec.Builder spec = SessionSpec.of(robot.kind(), robot.address()).settings(Numbers.settings(settings))
                .mode(mode).rate(rate == null ? usualRate : number("--rate", rate)).unwatched(unwatched).dryRun(dryRun)
                .realTimePriority((int) Math.min(100, Numbers.whole("--priority", priority, 0)));
        if (ramp != null) {
            spec.ramp(number("--ramp", ramp));
        }
        if (watchdog != null) {
            spec.watchdog(number("--watchdog", watchdog));
        }
        if (record.isBlank()) {
            throw new UsageException("--record takes a file as session.mcap, a folder, or " + NO_RECORDING);
        }
        if (!record.equals(NO_RECORDING)) {
            spec.recording(Path.of(record));
        }
        for (String stop : stops) {
            String[] parts = assignment("--stop", "hip=hold", stop);
            spec.stopWay(parts[0], way(parts[1]));
        }
        return spec.build();
    }

    private static StopWay way(String typed) {
        return Arrays.stream(StopWay.values())
                .filter(way -> way.name().equals(typed.toUpperCase(Locale.ROOT).replace('-', '_'))).findFirst()
                .orElseThrow(() -> new UsageException("--stop takes hold, damp or torque-off, not '" + typed + "'"));
    }

    /// What a robot can do, narrowed as it was asked for.
    Limits limits(RobotSpec robot) {
        Limits narrowed = Limits.of(robot);
        for (String limit : limits) {
            narrowed = narrowed.with(narrow(narrowed, limit));
        }
        for (String constraint : constraints) {
            narrowed = narrowed.with(constraint(constraint, robot));
        }
        return narrowed;
    }

    private static JointLimits narrow(Limits limits, String typed) {
        String[] parts = assignment("--limit", "hip.velocity=2", typed);
        int dot = parts[0].lastIndexOf('.');
        String joint = parts[0].substring(0, Math.max(0, dot));
        String what = parts[0].substring(dot + 1);
        JointLimits before = limits.joints().stream().filter(each -> each.joint().equals(joint)).findFirst()
                .orElseThrow(() -> new UsageException(
                        "--limit names joint '" + joint + "', which there is not; the robot has "
                                + String.join(", ", limits.joints().stream().map(JointLimits::joint).toList())));
        return switch (what) {
            case "position" -> {
                double[] range = range("--limit", parts[1]);
                yield before.withRange(range[0], range[1]);
            }
            case "velocity" -> before.withVelocity(number("--limit", parts[1]));
            case "acceleration" -> before.withAcceleration(number("--limit", parts[1]));
            case "effort" -> before.withEffort(number("--limit", parts[1]));
            case "effort-rate" -> before.withEffortRate(number("--limit", parts[1]));
            default -> throw new UsageException(
                    "--limit narrows position, velocity, acceleration, effort or effort-rate, not '"
                            + what + "'");
        };
    }

    private static Constraint constraint(String typed, RobotSpec robot) {
        String example = "--keep takes NAME=SUM:LOW..HIGH, as reach=hip+0.5*knee:-1..1, of the joints "
                + String.join(", ", robot.joints().stream().map(RobotSpec.Joint::name).toList()) + ", not '" + typed
                + "'";
        int equals = typed.indexOf('=');
        int colon = typed.lastIndexOf(':');
        if (equals < 1 || colon < equals) {
            throw new UsageException(example);
        }
        String sum = typed.substring(equals + 1, colon).replace(" ", "");
        Map<String, Double> weights = new LinkedHashMap<>();
        Matcher term = term(robot).matcher(sum);
        int end = 0;
        while (end < sum.length() && term.find(end) && term.start() == end) {
            double weight = term.group(2) == null ? 1 : number("--keep", term.group(2));
            weights.merge(term.group(3), term.group(1).equals("-") ? -weight : weight, Double::sum);
            end = term.end();
        }
        if (end < sum.length() || weights.isEmpty()) {
            throw new UsageException(example);
        }
        double[] range = range("--keep", typed.substring(colon + 1));
        return new Constraint(typed.substring(0, equals).strip(), weights, range[0], range[1]);
    }

    /// A term of a sum: sign, factor, joint. Names may contain signs, so they are looked for as they are, the longest first.
    private static Pattern term(RobotSpec robot) {
        String names = robot.joints().stream().map(RobotSpec.Joint::name)
                .sorted(Comparator.comparingInt(String::length).reversed()).map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile("([+-]?)(?:([0-9.]+(?:[eE][+-]?[0-9]+)?)\\*)?(" + names + ")");
    }

    private static double[] range(String option, String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            throw new UsageException(option + " takes a range LOW..HIGH, as -0.5..0.5, not '" + text + "'");
        }
        return new double[] {dots == 0 ? Double.NEGATIVE_INFINITY : number(option, text.substring(0, dots)),
            dots == text.length() - 2 ? Double.POSITIVE_INFINITY : number(option, text.substring(dots + 2))};
    }

    /// The numbers of a list as `hip=0.5,knee=-1`.
    static Map<String, Double> pose(String option, String text) {
        Map<String, Double> pose = new LinkedHashMap<>();
        for (String joint : text.split(",")) {
            String[] parts = assignment(option, "hip=0.5,knee=-1", joint);
            pose.put(parts[0], number(option, parts[1]));
        }
        return pose;
    }

    static String[] assignment(String option, String example, String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new UsageException(option + " takes NAME=VALUE, as " + example + ", not '" + text + "'");
        }
        return new String[] {text.substring(0, equals).strip(), text.substring(equals + 1).strip()};
    }

    /// The time of `--seconds`; infinite where nothing was typed.
    static double seconds(String text) {
        double seconds = text == null ? Double.POSITIVE_INFINITY : number("--seconds", text);
        if (seconds <= 0) {
            throw new UsageException("--seconds takes a number above 0, not '" + text + "'");
        }
        return seconds;
    }

    static double number(String option, String text) {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException wrong) {
            // Told below.
        }
        throw new UsageException(option + " takes a number, not '" + text + "'");
    }
}
