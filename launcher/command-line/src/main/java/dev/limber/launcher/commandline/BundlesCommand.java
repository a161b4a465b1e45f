package dev.limber.launcher.commandline;

import dev.limber.api.deploy.DeployedBundle;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `limber bundles`
@Command(name = "bundles", description = "Lists all bundles: version, state, since when, and why where one is not active.%n", footer = {
    "", "Example: limber bundles"})
final class BundlesCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .withZone(ZoneId.systemDefault());

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    BundlesCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<DeployedBundle> bundles = laboratory.deployments().bundles();
        int names = bundles.stream().mapToInt(bundle -> bundle.name().length()).max().orElse(0);
        int versions = bundles.stream().mapToInt(bundle -> bundle.version().length()).max().orElse(0);
        for (DeployedBundle bundle : bundles) {
            String state = bundle.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            terminal.out().println(padded(bundle.name(), names) + padded(bundle.version(), versions)
                    + padded(state, "on probation".length()) + TIME.format(bundle.since())
                    + (bundle.reason().isEmpty() ? "" : "  " + bundle.reason()));
        }
        terminal.out().println();
        terminal.out().println("plug-ins are deployed in " + Paths.shown(laboratory.deployments().folder()));
        terminal.out().println(laboratory.deployments().trust());
        return 0;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length() + 2);
    }
}
