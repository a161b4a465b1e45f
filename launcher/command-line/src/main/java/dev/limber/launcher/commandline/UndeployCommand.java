package dev.limber.launcher.commandline;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber undeploy NAME`
@Command(name = "undeploy", description = "Takes a plug-in away. Experiments that need it pause, with their state safe, until "
        + "one that fits is deployed.%n", footer = {"", "Example: limber undeploy com.example.myreward"})
final class UndeployCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "symbolic name of the bundle, or name of its file; see 'limber bundles'")
    String name;

    @Option(names = "--dir", paramLabel = "DIR", description = "folder to take it from (default: deploy/ beside limber)")
    Path folder;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    UndeployCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path source = folder == null ? laboratory.deployments().folder() : folder;
        for (Path kept : laboratory.deployments().undeploy(name, source)) {
            terminal.out().println("undeployed; kept as " + Paths.shown(kept));
        }
        return 0;
    }
}
