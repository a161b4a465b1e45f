package dev.limber.launcher.commandline;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber why NAME`
@Command(name = "why", description = "Says why a bundle, component, plug-in or jar is available or not.%n", footer = {
    "",
    "Example: limber why com.example.myreward"})
final class WhyCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "symbolic name, component, plug-in or file")
    String name;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    WhyCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        laboratory.deployments().why(name).forEach(terminal.out()::println);
        return 0;
    }
}
