package dev.limber.launcher.commandline;

import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber list [KIND]`
@Command(name = "list", description = "Lists what is installed.%n", footer = {"", "Example: limber list environments"})
final class ListCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "KIND", arity = "0..1", description = "environments, algorithms, normalizers, rewards, engines, recorders or robots; all where left out")
    String kind;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    ListCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<PluginKind> kinds = kind == null ? List.of(PluginKind.values()) : List.of(kind(kind));
        boolean first = true;
        for (PluginKind each : kinds) {
            List<PluginInfo> plugins = laboratory.catalog().plugins(each);
            if (plugins.isEmpty() && kind == null) {
                continue;
            }
            if (!first) {
                terminal.out().println();
            }
            first = false;
            if (kind == null) {
                terminal.out().println(label(each));
            }
            if (plugins.isEmpty()) {
                terminal.out().println("no " + label(each) + " installed");
            }
            print(plugins, kind == null ? "  " : "");
        }
        return 0;
    }

    private void print(List<PluginInfo> plugins, String indent) {
        int width = plugins.stream().mapToInt(plugin -> plugin.name().length()).max().orElse(0);
        for (PluginInfo plugin : plugins) {
            terminal.out().println(indent + plugin.name() + " ".repeat(width - plugin.name().length() + 2)
                    + plugin.description());
        }
    }

    private static PluginKind kind(String typed) {
        List<String> labels = Arrays.stream(PluginKind.values()).map(ListCommand::label).toList();
        // "environment" is understood as "environments".
        String label = Names.match(typed, labels).or(() -> Names.match(typed + "s", labels))
                .orElseThrow(() -> new UsageException("nothing of kind '" + typed + "' can be listed; "
                        + Names.suggest(typed, labels)));
        return PluginKind.values()[labels.indexOf(label)];
    }

    private static String label(PluginKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
