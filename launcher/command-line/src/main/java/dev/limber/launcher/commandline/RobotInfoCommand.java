package dev.limber.launcher.commandline;

import dev.limber.api.robot.DriveHealth;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.RobotSession;
import dev.limber.api.session.SessionStatus;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot info KIND:ADDRESS`
@Command(name = "info", description = "Connects to a robot, reads, and shows its joints, limits and drives; or tells what is in a recording.%n", footer = {
    "", "Nothing is energised or moved.", "", "Example: limber robot info dynamixel:/dev/ttyUSB0"})
final class RobotInfoCommand implements Callable<Integer> {

    private static final String RECORDING = ".mcap";

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "KIND:ADDRESS|FILE.mcap", description = "the robot, or a recorded session")
    String robot;

    @Mixin
    MeasuredRobot measured;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotInfoCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (robot.endsWith(RECORDING)) {
            Recorded.print(laboratory.recordings().summary(Path.of(robot)), terminal.out());
            return 0;
        }
        RobotName name = RobotName.of(robot, laboratory);
        try (RobotSession session = measured.connect(laboratory, name)) {
            print(session.robot(), session.status());
        }
        return 0;
    }

    private void print(RobotSpec spec, SessionStatus status) {
        terminal.out().println(spec.name() + ": " + Numbers.counted(spec.joints().size(), "joint") + ", commands "
                + spec.modes()
                + String.format(Locale.ROOT, ", at most %.0f Hz", Math.floor(1 / spec.cycleSeconds() + 1e-9)));
        terminal.out().println(status.watchdog());
        DriveHealth health = status.health();
        for (int i = 0; i < spec.joints().size(); i++) {
            RobotSpec.Joint joint = spec.joints().get(i);
            var limits = status.limits().joints().get(i);
            terminal.out().println(String.format(Locale.ROOT,
                    "  %-12s at %.4f (%s to %s), velocity %s, acceleration %s, effort %s%s%s%s%s", joint.name(),
                    status.cycle().measured().positions()[i], number(limits.low()), number(limits.high()),
                    number(limits.maxVelocity()), number(limits.maxAcceleration()), number(limits.maxEffort()),
                    joint.actuated() ? "" : ", only measured", unit(health.temperatures()[i], " °C"),
                    unit(health.voltages()[i], " V"),
                    health.errors()[i].isEmpty() ? "" : ", reports " + health.errors()[i]));
        }
    }

    private static String number(double limit) {
        return Double.isInfinite(limit) ? "any" : String.format(Locale.ROOT, "%.3f", limit);
    }

    private static String unit(double value, String unit) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, ", %.1f%s", value, unit);
    }
}
