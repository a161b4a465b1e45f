package dev.limber.experiment.loop;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.experiment.Experiment.Status;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.experiment.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Tells the user and the journal what happens to a run. Notes may come from any thread, and before there is a journal.
final class Chronicle {

    private static final System.Logger LOG = System.getLogger(Chronicle.class.getName());

    private final Path path;
    private final ExperimentListener listener;
    private final LongSupplier step;
    private final List<String> earlyNotes = new ArrayList<>();
    private Optional<RunDirectory> directory = Optional.empty();

    /// @param step environment steps taken so far
    Chronicle(Path path, ExperimentListener listener, LongSupplier step) {
        this.path = path;
        this.listener = listener;
        this.step = step;
    }

    /// Begins to write, with what was noted before.
    ///
    /// @param event what the journal begins with
    synchronized void open(RunDirectory opened, String event, Map<String, ?> details) throws IOException {
        directory = Optional.of(opened);
        add(event, details);
        for (String note : earlyNotes) {
            add("note", Map.of("message", note));
        }
    }

    /// Writes no more.
    synchronized void close() {
        directory = Optional.empty();
    }

    /// Adds to the journal.
    void add(String event, Map<String, ?> details) throws IOException {
        add(step.getAsLong(), event, details);
    }

    /// Adds to the journal what belongs to an earlier step.
    synchronized void add(long then, String event, Map<String, ?> details) throws IOException {
        if (directory.isPresent()) {
            directory.get().journal().add(then, event, details);
        }
    }

    /// Tells the user and the journal.
    void note(String message) {
        note("note", Map.of("message", message), message);
    }

    /// Tells the user, and the journal with details. A journal that cannot be written ends nothing here.
    void note(String event, Map<String, ?> details, String message) {
        note(step.getAsLong(), event, details, message);
    }

    private void note(long then, String event, Map<String, ?> details, String message) {
        synchronized (this) {
            if (directory.isEmpty()) {
                earlyNotes.add(message);
            } else {
                try {
                    add(then, event, details);
                } catch (IOException e) {
                    tell("the journal of " + path + " cannot be written: " + e.getMessage());
                }
            }
        }
        tell(message);
    }

    /// Tells the user and the journal that plug-ins are not taken.
    ///
    /// @param what which ones: "algorithm a2c"
    void refused(Arrival origin, String what, String reason) {
        refused(step.getAsLong(), origin, what, reason);
    }

    /// Tells the user and the journal that plug-ins were not taken at an earlier step.
    void refused(long then, Arrival origin, String what, String reason) {
        Map<String, Object> details = details(origin, what);
        details.put("reason", reason);
        note(then, "refused", details,
                what + " of " + origin.name() + " " + origin.version() + " is refused: " + reason);
    }

    /// Tells the user alone.
    void tell(String message) {
        try {
            listener.note(message);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a listener failed", e);
        }
    }

    /// Shows the user how far it is.
    void progress(Status status) {
        try {
            listener.progress(status);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a listener failed", e);
        }
    }

    /// Adds to the journal what ended the run.
    void failed(Throwable thrown) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        try {
            add("failed", Map.of("message", FailureLine.of(thrown), "stackTrace", trace.toString()));
        } catch (IOException | RuntimeException e) {
            thrown.addSuppressed(e);
        }
    }

    /// What the journal says about plug-ins that come or go.
    static Map<String, Object> details(Arrival origin, String what) {
        var details = new LinkedHashMap<String, Object>();
        details.put("what", what);
        details.put("bundle", origin.name());
        details.put("version", origin.version());
        details.put("sha256", origin.sha256());
        return details;
    }
}
