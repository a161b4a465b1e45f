package dev.limber.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/// The main class: starts the bundles beside `limber.jar`, gives the arguments to the command line that they provide, and
/// ends with its exit code.
///
/// The command line is the service `java.util.function.ToIntFunction` with the property `limber.commands=true`; it is
/// called on the main thread.
public final class Launcher {

    /// Commands that will compute with DJL, so that its native libraries can load while the framework starts.
    private static final Set<String> TRAINING = Set.of("train", "resume");

    private static final String COMMANDS = "(&(objectClass=java.util.function.ToIntFunction)(limber.commands=true))";

    /// How long the command line may take to appear after the framework has started [ms].
    private static final long PATIENCE = 5_000;

    private Launcher() {}

    /// Runs one command.
    public static void main(String[] arguments) throws Exception {
        Thread standardError = StandardError.restore();
        String command = arguments.length == 0 ? "" : arguments[0];
        System.setProperty("ai.djl.offline", "true");
        if (TRAINING.contains(command)) {
            EnginePreload.start();
        }
        if (Boolean.getBoolean("limber.prepare")) {
            WindowClasses.load();
        }
        int code;
        int level = switch (command) {
            case "", "gui" -> StartLevel.GUI;
            case "shell" -> StartLevel.SHELL;
            default -> StartLevel.COMMANDS;
        };
        try (var platform = Platform.start(home(), deploy(), level)) {
            standardError.join();
            platform.deployProblems().forEach(problem -> System.err.println("limber: " + problem));
            code = run(platform, arguments);
        } catch (BundleException | IllegalStateException | IOException | UncheckedIOException failure) {
            standardError.join();
            if (!ending()) {
                System.err.println("limber: cannot start: " + failure.getMessage());
            }
            code = 1;
        }
        System.out.flush();
        // Not every library ends its threads.
        System.exit(code);
    }

    /// True where a signal ends the process already: whatever fails now fails because of that.
    private static boolean ending() {
        var hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return !Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdown) {
            return true;
        }
    }

    private static int run(Platform platform, String[] arguments) throws InvalidSyntaxException, InterruptedException {
        var context = platform.context();
        var tracker = new ServiceTracker<ToIntFunction<String[]>, ToIntFunction<String[]>>(context,
                context.createFilter(COMMANDS), null);
        tracker.open();
        try {
            // Everything is started by now; only where nothing explains the absence it is worth to wait.
            if (tracker.getService() == null && platform.problems().isEmpty()) {
                tracker.waitForService(PATIENCE);
            }
            ToIntFunction<String[]> commands = tracker.getService();
            if (commands == null) {
                var problems = platform.problems();
                System.err.println("limber: the command line did not start: "
                        + (problems.isEmpty() ? "no bundle provides it" : String.join("; ", problems)));
                return 1;
            }
            return commands.applyAsInt(arguments);
        } finally {
            tracker.close();
        }
    }

    /// The folder that users put their plug-ins into: the system property `limber.deploy`, or `deploy` beside `limber.jar`.
    private static Path deploy() throws URISyntaxException {
        String named = System.getProperty("limber.deploy", "");
        return named.isEmpty() ? home().resolve("deploy") : Path.of(named);
    }

    /// The folder that `limber.jar` is in.
    private static Path home() throws URISyntaxException {
        return Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParent();
    }
}
