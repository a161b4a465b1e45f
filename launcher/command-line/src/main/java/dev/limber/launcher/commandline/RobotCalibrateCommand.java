package dev.limber.launcher.commandline;

import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.RobotSession;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot calibrate KIND:ADDRESS --pose JOINT=POSITION,...`
@Command(name = "calibrate", description = "Compares what a robot measures with how it really stands.%n", footer = {"",
    "Nothing is energised or moved: put the robot into a pose you know by hand.", "",
    "Example: limber robot calibrate dynamixel:/dev/ttyUSB0 --pose hip=0,knee=1.57"})
final class RobotCalibrateCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "KIND:ADDRESS", description = "the robot")
    String robot;

    @Option(names = "--pose", paramLabel = "JOINT=POSITION,...", required = true, description = "how it stands [rad or m]")
    String pose;

    @Option(names = "--tolerance", paramLabel = "X", defaultValue = "0.05", description = "how far measurements may be off [rad or m] (default: 0.05)")
    String tolerance;

    @Mixin
    MeasuredRobot measured;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotCalibrateCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Double> stands = SessionOptions.pose("--pose", pose);
        double within = SessionOptions.number("--tolerance", tolerance);
        RobotName name = RobotName.of(robot, laboratory);
        try (RobotSession session = measured.connect(laboratory, name)) {
            List<String> joints = session.robot().joints().stream().map(RobotSpec.Joint::name).toList();
            double[] positions = session.status().cycle().measured().positions();
            stands.forEach((joint, position) -> {
                int index = joints.indexOf(joint);
                if (index >= 0) {
                    terminal.out()
                            .println(String.format(Locale.ROOT, "  %-12s measured %9.4f, stands at %9.4f, off by %9.4f",
                                    joint, positions[index], position, positions[index] - position));
                }
            });
            session.calibrate(stands, within);
            terminal.out().println("all joints are measured where they stand, within "
                    + String.format(Locale.ROOT, "%.4f", within));
        }
        return 0;
    }
}
