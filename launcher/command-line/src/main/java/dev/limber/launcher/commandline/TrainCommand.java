package dev.limber.launcher.commandline;

import dev.limber.api.algorithm.Device;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber train ENV ALGO`
@Command(name = "train", description = "Trains an algorithm in an environment. What is not given comes from the "
        + "algorithm's own tuning for the environment.%n", footer = {"",
            "Ctrl-C finishes the iteration, writes a checkpoint and says how to go on.", "",
            "Example: limber train CartPole-v1 a2c --seed 1 --steps 200000 --set gamma=0.98"})
final class TrainCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "ENV", description = "environment, see 'limber list environments'")
    String environment;

    @Parameters(index = "1", paramLabel = "ALGO", description = "algorithm, see 'limber list algorithms'")
    String algorithm;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "what all randomness comes from (default: 0)")
    String seed;

    @Option(names = "--steps", paramLabel = "N", description = "environment steps, all copies together")
    String steps;

    @Option(names = "--copies", paramLabel = "N", description = "environment copies stepped together")
    String copies;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "set an option that 'limber info ENV' or 'limber info ALGO' shows, one of the runner among "
            + "them ('limber info a2c' lists those at its end). A prefix says whose it is: runner., algorithm., "
            + "environment., normalizer. or reward.; may be repeated")
    List<String> settings = new ArrayList<>();

    @Option(names = "--video-every", paramLabel = "N", description = "film the greedy policy every N environment steps, into the folder videos of the run")
    String videoEvery;

    @Option(names = "--run", paramLabel = "DIR", description = "folder to make for the run (default: a new one below runs/)")
    Path run;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto", description = "cpu, gpu or auto (default: auto)")
    String device;

    @Option(names = "--json", description = "end with one line of JSON; everything else goes to standard error")
    boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    TrainCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (run != null && run.toString().isEmpty()) {
            throw new UsageException("the name of the run is empty");
        }
        Catalog catalog = laboratory.catalog();
        String environmentName = Names.matchOrKeep(environment, catalog.plugins(PluginKind.ENVIRONMENTS));
        String algorithmName = Names.matchOrKeep(algorithm, catalog.plugins(PluginKind.ALGORITHMS));
        var set = new LinkedHashMap<String, String>(Numbers.settings(settings));
        if (videoEvery != null) {
            set.put("runner.videoEvery", Long.toString(Numbers.whole("--video-every", videoEvery, 1)));
        }
        var spec = new ExperimentSpec(environmentName, algorithmName, set,
                Numbers.whole("--seed", seed, Long.MIN_VALUE),
                steps == null ? OptionalLong.empty() : OptionalLong.of(Numbers.whole("--steps", steps, 1)),
                copies == null ? OptionalInt.empty() : OptionalInt.of(Numbers.count("--copies", copies)),
                device(device), Optional.ofNullable(run));
        Tuning tuning = catalog.tuning(algorithmName, environmentName, spec.settings());

        var introduction = new ArrayList<String>();
        introduction.add(environmentName + " with " + algorithmName + ", seed " + spec.seed());
        if (!tuning.equals(Tuning.NONE)) {
            introduction.add(describe(tuning, algorithmName, environmentName));
        }
        return new Training(terminal, json).follow(introduction,
                listener -> laboratory.experiments().start(spec, listener));
    }

    private static String describe(Tuning tuning, String algorithm, String environment) {
        var text = new StringBuilder(algorithm + "'s tuning for " + environment + ", where not set otherwise:");
        tuning.steps().ifPresent(steps -> text.append(" ").append(Numbers.grouped(steps)).append(" steps,"));
        tuning.copies()
                .ifPresent(copies -> text.append(" ").append(copies).append(copies == 1 ? " copy," : " copies,"));
        text.append(" normalizer ").append(tuning.normalizer());
        tuning.options().values().forEach((name, value) -> text.append(", ").append(name).append("=").append(value));
        return text.toString();
    }

    private static Device device(String name) {
        var names = Arrays.stream(Device.values()).map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        String match = Names.match(name, names)
                .orElseThrow(() -> new UsageException("--device takes cpu, gpu or auto, not '" + name + "'"));
        return Device.values()[names.indexOf(match)];
    }
}
