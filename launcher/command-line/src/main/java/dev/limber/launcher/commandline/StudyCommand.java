package dev.limber.launcher.commandline;

import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.study.Studies;
import dev.limber.api.study.Study;
import dev.limber.api.study.StudySpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber study FILE`
@Command(name = "study", description = "Trains over many seeds, and over a grid or a search of options, as many runs at "
        + "a time as there are cores; then writes table and learning curves.%n", footer = {"",
            "Ctrl-C stops all runs with a checkpoint each; the same command goes on where it stopped.", "",
            "Example: limber study CartPole-v1 a2c --seeds 0..9 --set lr=1e-3,3e-3"})
final class StudyCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE | ENV ALGO", arity = "1..2", description = "a study file, or the folder of a study to go on with; or environment and algorithm, several with commas between")
    List<String> what = new ArrayList<>();

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "0..9 or 1,2,3 (default: the file's, else 0..9)")
    String seeds;

    @Option(names = "--steps", paramLabel = "N", description = "environment steps of each run (default: the file's, else the algorithm's tuning)")
    String steps;

    @Option(names = "--copies", paramLabel = "N", description = "environment copies stepped together")
    String copies;

    @Option(names = "--set", paramLabel = "NAME=VALUE[,VALUE...]", description = "set an option, or try several values; may be repeated: every combination runs")
    List<String> settings = new ArrayList<>();

    @Option(names = "--episodes", paramLabel = "N", description = "greedy episodes that score a run (default: the file's, else 100)")
    String episodes;

    @Option(names = "--parallel", paramLabel = "N", description = "runs at a time (default: the number of cores)")
    String parallel;

    @Option(names = "--out", paramLabel = "DIR", description = "folder of the study (default: one below studies/ with the file's name)")
    Path out;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    StudyCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        int atATime = parallel == null ? 0 : Numbers.count("--parallel", parallel);
        Map<String, Object> description = description();
        Path folder = folder();
        var view = new StudyView(terminal);
        Studies studies = laboratory.studies();
        Study study = studies.start(new StudySpec(description, folder, atATime), view);
        Study.Result result;
        int signal;
        try (var interrupts = Interrupts.stopping(study::stop, view::note)) {
            view.note("study " + Paths.shown(folder));
            result = study.await();
            signal = interrupts.received();
        } finally {
            view.finish();
        }
        view.note("");
        Comparisons.print(result.comparison(), terminal);
        result.failures().forEach(failure -> terminal.err().println("limber: " + failure));
        if (!result.finished()) {
            view.note("stopped; go on with the same command");
        }
        return result.finished() || signal == 0 ? result.failures().isEmpty() ? 0 : CommandTree.FAILED : 128 + signal;
    }

    private Map<String, Object> description() {
        var description = new LinkedHashMap<String, Object>();
        if (what.size() == 1) {
            Path file = Path.of(what.getFirst());
            if (!Files.exists(file)) {
                throw new UsageException("there is no study file '" + file
                        + "'; name one, or an environment and an algorithm");
            }
            description.putAll(laboratory.studies().read(file));
        } else {
            description.put("environments", names(what.get(0), PluginKind.ENVIRONMENTS));
            description.put("algorithms", names(what.get(1), PluginKind.ALGORITHMS));
        }
        put(description, "seeds", seeds);
        put(description, "steps", steps);
        put(description, "copies", copies);
        put(description, "episodes", episodes);
        var options = new LinkedHashMap<String, Object>();
        if (description.get("options") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> options.put(String.valueOf(name), value));
        }
        Numbers.settings(settings).forEach((name, value) -> options.put(name,
                value.contains(",") ? Arrays.asList(value.split(",")) : value));
        if (!options.isEmpty()) {
            description.put("options", options);
        }
        return description;
    }

    private List<String> names(String typed, PluginKind kind) {
        return Arrays.stream(typed.split(",")).map(name -> Names.matchOrKeep(name, laboratory.catalog().plugins(kind)))
                .toList();
    }

    private static void put(Map<String, Object> description, String name, String value) {
        if (value != null) {
            description.put(name, value);
        }
    }

    private Path folder() {
        if (out != null) {
            return out;
        }
        if (what.size() == 1) {
            Path file = Path.of(what.getFirst());
            return Files.isDirectory(file)
                    ? file
                    : Path.of("studies", file.getFileName().toString().replaceFirst("\\.(ya?ml|json)$", ""));
        }
        return Path.of("studies", String.join("-", what).replaceAll("[^A-Za-z0-9._-]", "_"));
    }
}
