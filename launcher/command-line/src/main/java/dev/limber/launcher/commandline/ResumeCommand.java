package dev.limber.launcher.commandline;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber resume RUN`
@Command(name = "resume", description = "Goes on with a run from its newest checkpoint.%n", footer = {"",
    "Example: limber resume runs/cartpole-1 --steps 500000"})
final class ResumeCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "folder of the run")
    Path run;

    @Option(names = "--steps", paramLabel = "N", description = "new total of environment steps (default: what the run was started for)")
    String steps;

    @Option(names = "--json", description = "end with one line of JSON; everything else goes to standard error")
    boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    ResumeCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        long total = steps == null ? 0 : Numbers.whole("--steps", steps, 1);
        return new Training(terminal, json)
                .follow(List.of(), listener -> laboratory.experiments().resume(run, total, listener));
    }
}
