package dev.limber.launcher.commandline;

import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot scan [KIND]`
@Command(name = "scan", description = "Looks for robots without disturbing them.%n", footer = {"",
    "Example: limber robot scan dynamixel --set baud=1000000"})
final class RobotScanCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "KIND", arity = "0..1", description = "driver to look with (default: all)")
    String kind;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "set an option of the driver; may be repeated")
    List<String> settings = new ArrayList<>();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotScanCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<PluginInfo> robots = laboratory.catalog().plugins(PluginKind.ROBOTS);
        if (kind == null && !settings.isEmpty()) {
            throw new UsageException("--set needs a KIND, whose option it sets");
        }
        List<String> kinds = kind == null
                ? robots.stream().map(PluginInfo::name).toList()
                : List.of(laboratory.catalog().plugin(PluginKind.ROBOTS, Names.matchOrKeep(kind, robots)).name());
        int found = 0;
        for (String each : kinds) {
            List<String> lines = laboratory.sessions().scan(each, Numbers.settings(settings));
            lines.forEach(line -> terminal.out().println(each + ":" + line));
            found += lines.size();
        }
        if (found == 0) {
            terminal.err().println("limber: no robot was found by " + String.join(", ", kinds));
        }
        return found == 0 ? CommandTree.FAILED : 0;
    }
}
