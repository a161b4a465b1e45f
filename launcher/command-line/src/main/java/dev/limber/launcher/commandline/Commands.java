package dev.limber.launcher.commandline;

import dev.limber.api.deploy.Deployments;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.Experiments;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The service that the launcher gives the arguments to, and that the shell finds the commands `limber:list`,
/// `limber:train`, ... in.
@Component(service = {ToIntFunction.class, Commands.class}, property = {"limber.commands:Boolean=true",
    "osgi.command.scope=limber", "osgi.command.function=list", "osgi.command.function=info",
    "osgi.command.function=train", "osgi.command.function=resume", "osgi.command.function=evaluate",
    "osgi.command.function=rollout", "osgi.command.function=study", "osgi.command.function=compare",
    "osgi.command.function=explain", "osgi.command.function=deploy", "osgi.command.function=undeploy",
    "osgi.command.function=bundles", "osgi.command.function=why",
    "osgi.command.function=gui"})
public final class Commands implements ToIntFunction<String[]> {

    private final BundleContext context;
    private final Catalog catalog;
    private final Experiments experiments;
    private final Deployments deployments;
    private final AtomicBoolean failedInShell = new AtomicBoolean();

    /// Made by the component runtime as soon as plug-ins can be listed, deployed, and experiments started.
    @Activate
    public Commands(BundleContext context, @Reference Catalog catalog, @Reference Experiments experiments,
            @Reference Deployments deployments) {
        this.context = context;
        this.deployments = deployments;
        this.catalog = catalog;
        this.experiments = experiments;
    }

    /// Runs one command.
    ///
    /// @return the process's exit code: 0, 1 for a run that failed, 2 for wrong use, 130 and 143 for a run ended by a signal
    @Override
    public int applyAsInt(String[] arguments) {
        return CommandTree.execute(new Laboratory(context, catalog, experiments, deployments), Terminal.ofProcess(),
                arguments);
    }

    /// True where a command in the shell has failed; Gogo passes no exit codes on.
    boolean failedInShell() {
        return failedInShell.get();
    }

    /// `limber:list` in the shell.
    public void list(String... arguments) {
        inShell("list", arguments);
    }

    /// `limber:info` in the shell.
    public void info(String... arguments) {
        inShell("info", arguments);
    }

    /// `limber:train` in the shell.
    public void train(String... arguments) {
        inShell("train", arguments);
    }

    /// `limber:resume` in the shell.
    public void resume(String... arguments) {
        inShell("resume", arguments);
    }

    /// `limber:evaluate` in the shell.
    public void evaluate(String... arguments) {
        inShell("evaluate", arguments);
    }

    /// `limber:rollout` in the shell.
    public void rollout(String... arguments) {
        inShell("rollout", arguments);
    }

    /// `limber:study` in the shell.
    public void study(String... arguments) {
        inShell("study", arguments);
    }

    /// `limber:compare` in the shell.
    public void compare(String... arguments) {
        inShell("compare", arguments);
    }

    /// `limber:explain` in the shell.
    public void explain(String... arguments) {
        inShell("explain", arguments);
    }

    /// `limber:deploy` in the shell.
    public void deploy(String... arguments) {
        inShell("deploy", arguments);
    }

    /// `limber:undeploy` in the shell.
    public void undeploy(String... arguments) {
        inShell("undeploy", arguments);
    }

    /// `limber:bundles` in the shell.
    public void bundles(String... arguments) {
        inShell("bundles", arguments);
    }

    /// `limber:why` in the shell.
    public void why(String... arguments) {
        inShell("why", arguments);
    }

    /// `limber:gui` in the shell.
    public void gui(String... arguments) {
        inShell("gui", arguments);
    }

    private void inShell(String command, String[] arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = command;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        if (applyAsInt(all) != 0) {
            failedInShell.set(true);
        }
    }
}
