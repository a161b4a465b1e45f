package dev.limber.launcher.commandline;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.api.space.Space;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber info NAME`
@Command(name = "info", description = "Tells about one plug-in: its options, and of an environment its spaces and reward.%n", footer = {
    "", "Example: limber info CartPole-v1"})
final class InfoCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "a name that 'limber list' shows")
    String name;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    InfoCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var plugins = new ArrayList<PluginInfo>();
        for (PluginKind kind : PluginKind.values()) {
            plugins.addAll(laboratory.catalog().plugins(kind));
        }
        List<String> names = plugins.stream().map(PluginInfo::name).distinct().toList();
        String match = Names.match(name, names).orElseThrow(
                () -> new UsageException("nothing is called '" + name + "'; " + Names.suggest(name, names)));
        boolean first = true;
        for (PluginInfo plugin : plugins) {
            if (plugin.name().equals(match)) {
                if (!first) {
                    terminal.out().println();
                }
                first = false;
                print(plugin);
            }
        }
        return 0;
    }

    private void print(PluginInfo plugin) {
        PrintStream out = terminal.out();
        out.println(plugin.name() + ": " + plugin.description());
        row("kind", singular(plugin.kind()));
        row("bundle", plugin.bundle() + " " + plugin.version());
        if (plugin.kind() == PluginKind.ENVIRONMENTS) {
            print(laboratory.catalog().environment(plugin.name(), Map.of()));
        }
        options("options", plugin.options());
        if (plugin.kind() == PluginKind.ALGORITHMS) {
            options("options of every run", laboratory.catalog().runnerOptions());
        }
    }

    private void print(EnvironmentSpec spec) {
        space("observation", spec.observation());
        spec.image().ifPresent(image -> row("picture", image.toString()));
        space("action", spec.action());
        row("reward", spec.rewardTerms().stream().map(term -> number(term.weight()) + " * " + term.name())
                .collect(Collectors.joining(" + ")));
        row("step", number(spec.stepSeconds()) + " s");
        row("episode", spec.maxEpisodeSteps() == 0 ? "unlimited" : "at most " + spec.maxEpisodeSteps() + " steps");
        row("solved", spec.rewardThreshold().isEmpty()
                ? "no threshold"
                : "from a mean return of " + number(spec.rewardThreshold().getAsDouble()) + " over 100 episodes");
        row("state", spec.stateNames().isEmpty() ? "cannot be set" : String.join(", ", spec.stateNames()));
    }

    private void space(String label, Space space) {
        switch (space) {
            case Discrete discrete -> row(label, "one of " + discrete.n() + ": " + numbered(discrete.names()));
            case Box box -> {
                row(label, box.size() + (box.size() == 1 ? " number" : " numbers"));
                float[] low = box.low();
                float[] high = box.high();
                int width = box.names().stream().mapToInt(String::length).max().orElse(0);
                for (int i = 0; i < box.size(); i++) {
                    String unit = box.names().get(i);
                    row("", unit + " ".repeat(width - unit.length() + 2) + number(low[i]) + " to " + number(high[i]));
                }
            }
        }
    }

    private static String numbered(List<String> names) {
        var numbered = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            numbered.append(i == 0 ? "" : ", ").append(i).append(" ").append(names.get(i));
        }
        return numbered.toString();
    }

    private void options(String label, List<OptionInfo> options) {
        if (options.isEmpty()) {
            row(label, "none");
            return;
        }
        terminal.out().println("  " + label + ", set by --set NAME=VALUE");
        int width = options.stream().mapToInt(option -> assignment(option).length()).max().orElse(0);
        for (OptionInfo option : options) {
            String assignment = assignment(option);
            terminal.out().println("    " + assignment + " ".repeat(width - assignment.length() + 2)
                    + option.description() + range(option));
        }
    }

    private static String assignment(OptionInfo option) {
        return option.name() + "=" + option.defaultValue();
    }

    private static String range(OptionInfo option) {
        if (!option.choices().isEmpty()) {
            return " (" + String.join(", ", option.choices()) + ")";
        }
        if (option.minimum().isPresent() && option.maximum().isPresent()) {
            return " (" + option.minimum().get() + " to " + option.maximum().get() + ")";
        }
        return option.minimum().map(minimum -> " (at least " + minimum + ")")
                .or(() -> option.maximum().map(maximum -> " (at most " + maximum + ")")).orElse("");
    }

    private void row(String label, String text) {
        terminal.out().println("  " + label + " ".repeat(Math.max(1, 13 - label.length())) + text);
    }

    private static String singular(PluginKind kind) {
        String plural = kind.name().toLowerCase(Locale.ROOT);
        return plural.substring(0, plural.length() - 1);
    }

    /// Shortest text of a number: "0.02", "475", "inf".
    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String text = value == (float) value ? Float.toString((float) value) : Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
