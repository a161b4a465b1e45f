package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `limber test` is done by the script `limber`; it is here to be found in the help.
@Command(name = "test", description = "Builds everything and runs all tests.%n", footer = {"", "Example: limber test"})
final class TestCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    TestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        throw new UsageException("tests need the sources: run '" + terminal.command() + " test' in Limber's folder");
    }
}
