package dev.limber.launcher.commandline;

import dev.limber.api.render.Renderers;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `limber` alone: help and version.
@Command(name = "limber", description = "A live laboratory for robot learning.%n", versionProvider = RootCommand.Version.class, synopsisSubcommandLabel = "COMMAND", footer = {
    "", "Try: limber train CartPole-v1 a2c"})
final class RootCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = {"-h",
        "--help"}, usageHelp = true, description = "show this help, or a command's: limber train --help")
    boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "show the versions of Limber and Java")
    boolean version;

    @Option(names = "--renderer", scope = CommandLine.ScopeType.INHERIT, paramLabel = "NAME", description = "what draws: auto (the best there is), opengl, software; see 'limber list renderers'")
    void setRenderer(String name) {
        System.setProperty(Renderers.PROPERTY, name);
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say which command: "
                + String.join(", ", spec.subcommands().keySet()));
    }

    /// Limber's version is that of its command line's bundle.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String limber = Optional.ofNullable(FrameworkUtil.getBundle(RootCommand.class)).map(Bundle::getVersion)
                    .map(Object::toString).orElse("");
            return new String[] {"limber " + limber + " (Java " + Runtime.version() + ")"};
        }
    }
}
