package dev.limber.launcher.commandline;

import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.plugin.UsageException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber new KIND NAME`
@Command(name = "new", description = "Makes a project of a plug-in, ready to build, test and deploy.%n", footer = {"",
    "Example: limber new reward stay-centred"})
final class NewCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "KIND", description = "environment, algorithm or reward")
    String kind;

    @Parameters(index = "1", paramLabel = "NAME", description = "what the plug-in is called: slippery-cart, or SlipperyCart, which is the same")
    String name;

    @Option(names = "--dir", paramLabel = "DIR", description = "folder to make (default: NAME, here)")
    Path folder;

    @Option(names = "--package", paramLabel = "PACKAGE", description = "its package, and name of its bundle (default: com.example. and NAME)")
    String packageName;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    NewCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ProjectKind made = kind(kind);
        ProjectName names = ProjectName.of(name, Optional.ofNullable(packageName));
        for (PluginKind each : PluginKind.values()) {
            laboratory.catalog().plugins(each).forEach(plugin -> requireOther(names, plugin));
        }
        Path target = folder == null ? Path.of(names.plugin()) : folder;
        template(laboratory.context()).write(made, names, target);
        String shown = Paths.shown(target);
        terminal.out().println("made " + shown + "; next:");
        terminal.out().println();
        terminal.out().println("  mvn -q package -f " + Paths.quoted(target));
        terminal.out().println("  " + terminal.command() + " deploy "
                + Paths.quoted(target.resolve("target/" + names.plugin() + ".jar")));
        terminal.out().println("  " + terminal.command() + " " + made.use(names.plugin()));
        return 0;
    }

    private static ProjectKind kind(String typed) {
        String label = Names.match(typed, ProjectKind.labels()).orElseThrow(() -> new UsageException("there are no "
                + "projects of kind '" + typed + "'; " + Names.suggest(typed, ProjectKind.labels())));
        return ProjectKind.values()[ProjectKind.labels().indexOf(label)];
    }

    private static void requireOther(ProjectName names, PluginInfo plugin) {
        if (plugin.name().equalsIgnoreCase(names.plugin())) {
            throw new UsageException("there is a plug-in '" + plugin.name() + "' already, in " + plugin.bundle()
                    + "; take another name");
        }
        if (plugin.bundle().equals(names.packageName())) {
            throw new UsageException("there is a bundle " + plugin.bundle() + " already; name another package with "
                    + "--package");
        }
    }

    /// The repository lies beside the bundles that run.
    private static ProjectTemplate template(BundleContext context) {
        Path home = Path.of(context.getProperty("limber.home"));
        // Bundle versions have a dot where Maven's have a dash.
        String version = context.getBundle().getVersion().toString().replace(".SNAPSHOT", "-SNAPSHOT");
        return new ProjectTemplate(home.resolve("maven").toUri().toString().replaceFirst("/$", ""), version);
    }
}
