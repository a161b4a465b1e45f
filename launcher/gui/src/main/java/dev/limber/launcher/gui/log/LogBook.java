package dev.limber.launcher.gui.log;

import dev.limber.api.gui.Logged;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/// Warnings and errors of the framework and its bundles, from before the window was opened on.
@Component(service = LogBook.class)
public final class LogBook implements LogListener {

    private static final int MOST = 1_000;

    private final LogReaderService reader;
    private final Deque<Logged> lines = new ArrayDeque<>();
    private Consumer<Logged> listener = _ -> {};

    /// Made by the component runtime.
    @Activate
    public LogBook(@Reference LogReaderService reader) {
        this.reader = reader;
        reader.addLogListener(this);
    }

    @Deactivate
    void end() {
        reader.removeLogListener(this);
    }

    @Override
    public synchronized void logged(LogEntry entry) {
        boolean matters = entry.getLogLevel() == LogLevel.WARN || entry.getLogLevel() == LogLevel.ERROR;
        if (!matters || entry.getLoggerName().startsWith("Events.")) { // the framework's own events, of any level
            return;
        }
        var line = new Logged(Instant.ofEpochMilli(entry.getTime()),
                entry.getLogLevel() == LogLevel.ERROR ? Logged.Level.ERROR : Logged.Level.WARNING,
                entry.getBundle().getSymbolicName(), entry.getMessage().lines().findFirst().orElse(""),
                entry.getMessage());
        lines.add(line);
        if (lines.size() > MOST) {
            lines.remove();
        }
        listener.accept(line);
    }

    /// What was said so far; from now on `more` hears of it.
    synchronized List<Logged> follow(Consumer<Logged> more) {
        listener = more;
        return List.copyOf(lines);
    }
}
