package dev.limber.launcher.commandline;

import dev.limber.api.experiment.PluginKind;
import dev.limber.api.experiment.RolloutSpec;
import dev.limber.api.plugin.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber rollout ENV`
@Command(name = "rollout", description = "Steps one copy of an environment and writes what happens as CSV. Actions are "
        + "random unless a policy or a file gives them.%n", footer = {"",
            "Example: limber rollout CartPole-v1 --policy runs/cartpole-1 --state 0,0,0.1,0 --out fall.csv"})
final class RolloutCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "ENV", description = "environment, see 'limber list environments'")
    String environment;

    @Option(names = "--policy", paramLabel = "RUN", description = "run whose greedy policy acts")
    Path policy;

    @Option(names = "--actions", paramLabel = "FILE.csv", description = "file with a column action, or action0, action1, ...")
    Path actions;

    @Option(names = "--state", paramLabel = "V,V,...", description = "physical state to start in, in the order 'limber info ENV' shows")
    String state;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "set an option of the environment; may be repeated")
    List<String> settings = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "what the reset and random actions come from (default: 0)")
    String seed;

    @Option(names = "--steps", paramLabel = "N", description = "how many (default: all actions given, or one episode)")
    String steps;

    @Option(names = "--out", paramLabel = "FILE.csv", required = true, description = "file to write")
    Path out;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RolloutCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (policy != null && actions != null) {
            throw new UsageException("--policy and --actions both say how to act; give one of them");
        }
        var spec = new RolloutSpec(
                Names.matchOrKeep(environment, laboratory.catalog().plugins(PluginKind.ENVIRONMENTS)),
                Numbers.settings(settings), Optional.ofNullable(policy), Optional.ofNullable(actions),
                state == null ? List.of() : Numbers.list("--state", state),
                Numbers.whole("--seed", seed, Long.MIN_VALUE), steps == null ? 0 : Numbers.whole("--steps", steps, 1),
                out);
        long taken = laboratory.experiments().rollout(spec, new Notes(terminal));
        terminal.out().println(Numbers.grouped(taken) + (taken == 1 ? " step in " : " steps in ") + Paths.shown(out));
        return 0;
    }
}
