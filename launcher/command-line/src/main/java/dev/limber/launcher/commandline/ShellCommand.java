package dev.limber.launcher.commandline;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `limber shell`
@Command(name = "shell", description = "Opens a shell inside the running system: all commands, and the framework's own "
        + "to look at and replace bundles. Reads standard input; 'exit' or the end of the input ends it; the exit code is 1 where the "
        + "input is no terminal and something in it failed.%n", footer = {
            "", "Examples: limber shell", "          echo 'limber:list environments; lb' | limber shell"})
final class ShellCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    ShellCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws java.io.IOException {
        return new GogoShell(laboratory.context(), terminal).run(System.in);
    }
}
