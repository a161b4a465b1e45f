package dev.limber.launcher.commandline;

import dev.limber.api.study.Comparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber compare RUN...`
@Command(name = "compare", description = "Compares runs, grouped by environment, algorithm and the options in which they "
        + "differ.%n", footer = {"", "Example: limber compare runs/CartPole-v1-a2c-* --out comparison"})
final class CompareCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "folders of runs, or folders that hold some")
    List<Path> runs = new ArrayList<>();

    @Option(names = "--episodes", paramLabel = "N", defaultValue = "100", description = "greedy episodes that score a run (default: 100)")
    String episodes;

    @Option(names = "--out", paramLabel = "DIR", description = "folder to write table and learning curves to")
    Path out;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    CompareCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int count = Numbers.count("--episodes", episodes);
        Comparison comparison = laboratory.studies().compare(runs, count, Optional.ofNullable(out));
        Comparisons.print(comparison, terminal);
        return 0;
    }
}
