package dev.limber.launcher.commandline;

import dev.limber.api.deploy.Placement;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber deploy JAR`
@Command(name = "deploy", description = "Examines a plug-in and puts it where running experiments take it over.%n", footer = {
    "", "Example: limber deploy target/my-reward-1.1.0.jar"})
final class DeployCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "JAR", description = "bundle with the plug-in")
    Path jar;

    @Option(names = "--dir", paramLabel = "DIR", description = "folder to put it into (default: deploy/ beside limber)")
    Path folder;

    @Option(names = "--older", description = "also in the place of a newer version")
    boolean older;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    DeployCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path target = folder == null ? laboratory.deployments().folder() : folder;
        Placement placement = laboratory.deployments().deploy(jar, target, older);
        terminal.out().println("deployed as " + Paths.shown(placement.file()) + (placement.waiting().isEmpty()
                ? "; experiments that use it take it over after the iteration they are in"
                : "; it waits: " + placement.waiting()));
        return 0;
    }
}
