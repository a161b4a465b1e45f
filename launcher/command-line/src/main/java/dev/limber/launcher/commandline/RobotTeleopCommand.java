package dev.limber.launcher.commandline;

import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.Options;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.session.ControllerFactory;
import dev.limber.api.session.RobotSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot teleop KIND:ADDRESS`
@Command(name = "teleop", description = "Lets a person drive a robot, or another controller that is no policy.%n", footer = {
    "",
    "Gamepad: hold the right bumper, move with the sticks; B is an emergency stop. Keyboard: q/a, w/s, ... move joints; space is an emergency stop.",
    "This is no safety-rated stop: keep a switch at hand that cuts the power.", "",
    "Example: limber robot teleop dynamixel:/dev/ttyUSB0 --by keyboard --with speed=0.1"})
final class RobotTeleopCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "KIND:ADDRESS", description = "the robot")
    String robot;

    @Option(names = "--by", paramLabel = "CONTROLLER", defaultValue = "gamepad", description = "what drives, see 'limber list controllers' (default: gamepad)")
    String by;

    @Option(names = "--with", paramLabel = "NAME=VALUE", description = "set an option of the controller; may be repeated")
    List<String> with = new ArrayList<>();

    @Option(names = "--mode", paramLabel = "MODE", defaultValue = "position", description = "what commands mean: position, velocity or effort (default: position)")
    CommandMode mode;

    @Option(names = "--seconds", paramLabel = "S", description = "how long (default: until Ctrl-C)")
    String seconds;

    @Mixin
    SessionOptions options;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotTeleopCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        double time = SessionOptions.seconds(seconds);
        RobotName name = RobotName.of(robot, laboratory);
        ControllerFactory factory = laboratory.controllers(by);
        Options settings = laboratory.catalog().options(PluginKind.CONTROLLERS,
                Names.matchOrKeep(by, laboratory.catalog().plugins(PluginKind.CONTROLLERS)), Numbers.settings(with));
        var view = new SessionView(terminal);
        try (RobotSession session = options.connect(laboratory, name, mode, 100, view)) {
            return new SessionRide(session, view).drive(session::calibrate,
                    () -> factory.create(session, settings), controller -> session.run(by, controller), time);
        }
    }
}
