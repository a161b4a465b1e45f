package dev.limber.launcher.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot set-id KIND:ADDRESS OLD NEW`
@Command(name = "set-id", description = "Gives a servo another id, which it keeps without power.%n", footer = {"",
    "Example: limber robot set-id dynamixel:/dev/ttyUSB0 1 3"})
final class RobotSetIdCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "KIND:ADDRESS", description = "the line that the servo is on")
    String robot;

    @Parameters(index = "1", paramLabel = "OLD", description = "its id")
    String from;

    @Parameters(index = "2", paramLabel = "NEW", description = "the id that it is to have")
    String to;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "set an option of the driver, as its present baud; may be repeated")
    List<String> settings = new ArrayList<>();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotSetIdCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RobotName line = RobotName.of(robot, laboratory);
        int id = (int) Numbers.whole("OLD", from, 0);
        int other = (int) Numbers.whole("NEW", to, 0);
        laboratory.sessions().setId(line.kind(), line.address(), Numbers.settings(settings), id, other);
        terminal.out().println("servo " + id + " on " + line + " is now " + other);
        return 0;
    }
}
