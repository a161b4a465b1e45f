package dev.limber.launcher.commandline;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `limber robot`: all that is done with robots.
@Command(name = "robot", description = "Drives robots in control sessions.%n", synopsisSubcommandLabel = "COMMAND", footer = {
    "",
    "Robots are named KIND:ADDRESS, as dynamixel:/dev/ttyUSB0; 'limber list robots' shows the kinds.",
    "This is no safety-rated stop: keep a switch at hand that cuts the power.", "",
    "Example: limber robot run runs/cartpole-1 --robot dynamixel:/dev/ttyUSB0 --dry-run"})
final class RobotCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    private RobotCommand() {}

    /// The command with all its own.
    static CommandLine tree(Laboratory laboratory, Terminal terminal) {
        var robot = new CommandLine(new RobotCommand());
        robot.addSubcommand(new RobotScanCommand(laboratory, terminal));
        robot.addSubcommand(new RobotSetIdCommand(laboratory, terminal));
        robot.addSubcommand(new RobotSetBaudCommand(laboratory, terminal));
        robot.addSubcommand(new RobotInfoCommand(laboratory, terminal));
        robot.addSubcommand(new RobotEmulateCommand(laboratory, terminal));
        robot.addSubcommand(new RobotConnectCommand(laboratory, terminal));
        robot.addSubcommand(new RobotCalibrateCommand(laboratory, terminal));
        robot.addSubcommand(new RobotRunCommand(laboratory, terminal));
        robot.addSubcommand(new RobotTeleopCommand(laboratory, terminal));
        robot.addSubcommand(new RobotReplayCommand(laboratory, terminal));
        robot.addSubcommand(new RobotCompareCommand(laboratory, terminal));
        robot.addSubcommand(new RobotStopCommand(laboratory, terminal));
        return robot;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "What shall be done with a robot? One of " + String.join(", ", spec.subcommands().keySet()));
    }
}
