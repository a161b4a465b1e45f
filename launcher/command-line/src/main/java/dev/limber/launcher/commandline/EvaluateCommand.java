package dev.limber.launcher.commandline;

import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Filming;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber evaluate RUN`
@Command(name = "evaluate", description = "Plays whole episodes with a run's greedy policy.%n", footer = {"",
    "Example: limber evaluate runs/cartpole-1 --episodes 100 --checkpoint best --video film.mp4"})
final class EvaluateCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "folder of the run")
    Path run;

    @Option(names = "--episodes", paramLabel = "N", defaultValue = "100", description = "how many (default: 100)")
    String episodes;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "what the episodes' randomness comes from (default: 0)")
    String seed;

    @Option(names = "--checkpoint", paramLabel = "WHICH", defaultValue = "latest", description = "latest, best or a step (default: latest)")
    String checkpoint;

    @Option(names = "--environment", paramLabel = "ENV", description = "environment to play in, whose spaces must fit (default: the run's own)")
    String environment;

    @Option(names = "--video", paramLabel = "FILE.mp4", description = "film the first episode")
    Path video;

    @Option(names = "--screenshot", paramLabel = "FILE.png", description = "take a picture of the first episode")
    Path screenshot;

    @Option(names = "--screenshot-step", paramLabel = "N", defaultValue = "50", description = "the step after which it is taken (default: 50)")
    String screenshotStep;

    @Option(names = "--size", paramLabel = "WxH", defaultValue = "640x480", description = "pixels of film and picture (default: 640x480)")
    String size;

    @Option(names = "--camera", paramLabel = "CAMERA", defaultValue = "scene", description = "where they are taken from: scene, follow:BODY, first-person:BODY, "
            + "orbit:AZIMUTH,ELEVATION,DISTANCE [deg, m] or fixed:X,Y,Z,TARGET_X,TARGET_Y,TARGET_Z [m] (default: scene)")
    String camera;

    @Option(names = "--json", description = "print one line of JSON")
    boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    EvaluateCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var spec = new EvaluationSpec(run,
                Optional.ofNullable(environment).map(name -> Names.matchOrKeep(name,
                        laboratory.catalog().plugins(PluginKind.ENVIRONMENTS))),
                checkpoint(checkpoint), Numbers.count("--episodes", episodes),
                Numbers.whole("--seed", seed, Long.MIN_VALUE));
        Evaluation evaluation = video == null && screenshot == null
                ? laboratory.experiments().evaluate(spec, new Notes(terminal))
                : film(spec);
        if (json) {
            printJson(evaluation, spec.seed());
        } else {
            terminal.out().println("mean return " + Numbers.oneDecimal(evaluation.meanReturn()) + " +- "
                    + Numbers.oneDecimal(evaluation.stdReturn()) + " over " + evaluation.episodes() + " episodes ("
                    + Numbers.oneDecimal(evaluation.minReturn()) + " to " + Numbers.oneDecimal(evaluation.maxReturn())
                    + "), mean length " + Numbers.oneDecimal(evaluation.meanLength()) + " steps, weights of step "
                    + Numbers.grouped(evaluation.checkpointStep()));
        }
        return 0;
    }

    private Evaluation film(EvaluationSpec spec) {
        Filming filming = filming();
        var notes = new Notes(terminal);
        String files = Stream.of(video, screenshot).filter(Objects::nonNull).map(Paths::shown)
                .collect(Collectors.joining(" and "));
        try (var _ = Interrupts.ending("interrupted: " + files + " not written", notes::note)) {
            notes.note("filming for " + files);
            Evaluation evaluation = laboratory.experiments().evaluate(spec, filming, notes);
            notes.note("wrote " + files);
            return evaluation;
        }
    }

    private Filming filming() {
        int[] pixels = Numbers.size("--size", size);
        return new Filming(Optional.ofNullable(video), Optional.ofNullable(screenshot),
                Numbers.whole("--screenshot-step", screenshotStep, 0), pixels[0], pixels[1], camera);
    }

    private static String checkpoint(String which) {
        return Names.match(which, List.of("latest", "best")).orElseGet(() -> {
            try {
                return Long.toString(Numbers.whole("--checkpoint", which, 0));
            } catch (UsageException wrong) {
                throw new UsageException("--checkpoint takes latest, best or a step, not '" + which + "'");
            }
        });
    }

    private void printJson(Evaluation evaluation, long usedSeed) {
        var values = new LinkedHashMap<String, Object>();
        values.put("episodes", evaluation.episodes());
        values.put("meanReturn", Json.finite(evaluation.meanReturn()));
        values.put("stdReturn", Json.finite(evaluation.stdReturn()));
        values.put("minReturn", Json.finite(evaluation.minReturn()));
        values.put("maxReturn", Json.finite(evaluation.maxReturn()));
        values.put("meanLength", Json.finite(evaluation.meanLength()));
        values.put("checkpoint", evaluation.checkpointStep());
        values.put("environment", evaluation.environment());
        values.put("seed", usedSeed);
        terminal.out().println(Json.line(values));
    }
}
