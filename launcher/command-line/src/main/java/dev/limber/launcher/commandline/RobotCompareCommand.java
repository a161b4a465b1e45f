package dev.limber.launcher.commandline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot compare FILE... --out PICTURE`
@Command(name = "compare", description = "Draws the joints of recorded sessions over one another, each from the moment its controller "
        + "began to drive.%n", footer = {"", "Example: limber robot compare simulated.mcap real.mcap --out both.png"})
final class RobotCompareCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE.mcap", arity = "1..*", description = "recordings")
    List<Path> files = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FILE.png", required = true, description = "picture to write")
    Path out;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotCompareCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        laboratory.recordings().compare(files, out);
        terminal.out().println("drawn in " + Paths.shown(out));
        return 0;
    }
}
