package dev.limber.launcher.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot set-baud KIND:ADDRESS ID BAUD`
@Command(name = "set-baud", description = "Gives a servo another speed of the line, which it keeps without power.%n", footer = {
    "",
    "Example: limber robot set-baud dynamixel:/dev/ttyUSB0 1 1000000 --set baud=57600"})
final class RobotSetBaudCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "KIND:ADDRESS", description = "the line that the servo is on")
    String robot;

    @Parameters(index = "1", paramLabel = "ID", description = "its id")
    String id;

    @Parameters(index = "2", paramLabel = "BAUD", description = "the speed that it is to have [bit/s]")
    String baud;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "set an option of the driver, as its present baud; may be repeated")
    List<String> settings = new ArrayList<>();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotSetBaudCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RobotName line = RobotName.of(robot, laboratory);
        int servo = (int) Numbers.whole("ID", id, 0);
        int speed = (int) Numbers.whole("BAUD", baud, 1);
        laboratory.sessions().setBaud(line.kind(), line.address(), Numbers.settings(settings), servo, speed);
        terminal.out().println("servo " + servo + " on " + line + " now talks at " + speed + " baud");
        return 0;
    }
}
