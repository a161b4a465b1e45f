package dev.limber.launcher.commandline;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `limber robot stop`
@Command(name = "stop", description = "Stops the robots of all your running sessions, also of other terminals and windows.%n", footer = {
    "", "Without --now robots come to rest within their limits first. This is no safety-rated stop.", "",
    "Example: limber robot stop --now"})
final class RobotStopCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Option(names = "--now", description = "an emergency stop")
    boolean now;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotStopCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<String> answers = laboratory.sessions().stopAll(now);
        answers.forEach(terminal.out()::println);
        if (answers.isEmpty()) {
            terminal.err().println("limber: there is no session to stop");
        }
        return answers.isEmpty() ? CommandTree.FAILED : 0;
    }
}
