package dev.limber.launcher.commandline;

import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.RobotSession;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot connect KIND:ADDRESS`
@Command(name = "connect", description = "Connects to a robot, shows its joints, and takes commands line by line.%n", footer = {
    "", "Lines: calibrate, arm, hold, damp, stop, reset, quit; an empty line is an emergency stop.", "",
    "Example: limber robot connect dynamixel:/dev/ttyUSB0"})
final class RobotConnectCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "KIND:ADDRESS", description = "the robot")
    String robot;

    @Option(names = "--mode", paramLabel = "MODE", defaultValue = "position", description = "what commands mean: position, velocity or effort (default: position)")
    CommandMode mode;

    @Option(names = "--seconds", paramLabel = "S", description = "how long (default: until Ctrl-C)")
    String seconds;

    @Mixin
    SessionOptions options;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotConnectCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        double time = SessionOptions.seconds(seconds);
        RobotName name = RobotName.of(robot, laboratory);
        var view = new SessionView(terminal);
        try (RobotSession session = options.connect(laboratory, name, mode, 100, view)) {
            view.note(session.status().watchdog());
            view.note("calibrate, arm, hold, damp, stop, reset or quit; an empty line is an emergency stop");
            var ride = new SessionRide(session, view);
            var typed = new TypedCommands(session, view::note, ride::end);
            Thread.ofPlatform().daemon().name("lines for " + name)
                    .start(() -> typed.read(new BufferedReader(new InputStreamReader(System.in))));
            return ride.follow(time);
        }
    }
}
