package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot replay FILE`
@Command(name = "replay", description = "Prints what is in a recorded session, or writes it as a demonstration. To send it to a "
        + "robot again, run the controller 'replay'.%n", footer = {"",
            "Example: limber robot replay session.mcap --csv demonstration.csv"})
final class RobotReplayCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE.mcap", description = "recording")
    Path file;

    @Option(names = "--csv", paramLabel = "FILE.csv", description = "write a line of observation and action for each cycle in which a controller drove")
    Path csv;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotReplayCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (csv == null) {
            Recorded.print(laboratory.recordings().summary(file), terminal.out());
            return 0;
        }
        if (csv.toAbsolutePath().equals(file.toAbsolutePath())) {
            throw new UsageException("--csv names the recording itself; give another file");
        }
        long lines = laboratory.recordings().writeDemonstration(file, csv);
        terminal.out().println(Numbers.grouped(lines) + (lines == 1 ? " cycle in " : " cycles in ") + Paths.shown(csv));
        return 0;
    }
}
