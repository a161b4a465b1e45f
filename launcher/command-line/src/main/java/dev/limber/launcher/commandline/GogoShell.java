package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/// Reads lines and gives them to Gogo, until the input ends or a line says so.
final class GogoShell {

    private final BundleContext context;
    private final Terminal terminal;

    GogoShell(BundleContext context, Terminal terminal) {
        this.context = context;
        this.terminal = terminal;
    }

    /// @return 0, or 1 where the input is no terminal and something in it failed
    int run(InputStream input) throws IOException {
        ServiceReference<CommandProcessor> reference = context.getServiceReference(CommandProcessor.class);
        if (reference == null) {
            throw new UsageException("'shell' cannot be opened inside a shell");
        }
        // Gogo has put streams of its own in place of System.out and System.err, which end in the session's: the session
        // needs the real ones.
        try (var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, System.out.charset());
                var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, System.err.charset());
                CommandSession session = context.getService(reference).createSession(InputStream.nullInputStream(), out,
                        err)) {
            // Where names without a scope are looked up, in this order.
            session.put("SCOPE", "limber:felix:scr:*");
            return read(session, new BufferedReader(new InputStreamReader(input)));
        } finally {
            context.ungetService(reference);
        }
    }

    private int read(CommandSession session, BufferedReader lines) throws IOException {
        boolean failed = false;
        while (true) {
            if (terminal.liveOut()) {
                terminal.out().print("limber> ");
                terminal.out().flush();
            }
            String line = lines.readLine();
            if (line == null || line.strip().matches("exit|quit")) {
                return (failed || commandFailed()) && !interactive() ? CommandTree.FAILED : 0;
            }
            failed |= !execute(session, line);
        }
    }

    /// Limber's own commands tell their failures themselves, so that Gogo sees none.
    private boolean commandFailed() {
        ServiceReference<Commands> reference = context.getServiceReference(Commands.class);
        if (reference == null) {
            return false;
        }
        try {
            return context.getService(reference).failedInShell();
        } finally {
            context.ungetService(reference);
        }
    }

    private static boolean interactive() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// Whatever a command throws is one line; the shell goes on.
    private boolean execute(CommandSession session, String line) {
        try {
            Object result = session.execute(line);
            if (result != null) {
                terminal.out().println(session.format(result, Converter.INSPECT));
            }
            return true;
        } catch (Exception thrown) {
            Throwable failure = thrown;
            while (failure.getMessage() == null && failure.getCause() != null) {
                failure = failure.getCause();
            }
            String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            terminal.err().println("limber: " + message.lines().findFirst().orElse(""));
            return false;
        }
    }
}
