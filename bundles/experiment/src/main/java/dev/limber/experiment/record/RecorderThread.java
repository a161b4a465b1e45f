package dev.limber.experiment.record;

import dev.limber.api.metrics.MetricsRow;
import dev.limber.api.metrics.Recorder;
import dev.limber.api.metrics.RecorderFactory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// Feeds all recorders from a thread of its own, so that a slow disk does not slow the run. A recorder that fails is
/// dropped with a note; the run goes on.
public final class RecorderThread implements Closeable {

    private static final int WAITING_ROWS = 256;

    private sealed interface Command {}

    private record Row(MetricsRow row) implements Command {}

    private record Flush(CompletableFuture<Void> done) implements Command {}

    private record Afterwards(String what, Action action) implements Command {}

    private record Change(Map<String, RecorderFactory> factories, CompletableFuture<Outcome> outcome)
            implements
            Command {}

    /// What came of a change to other recorders.
    ///
    /// @param changed true where others record now
    /// @param refusal why not all are there that there should be, in one line; all are as they were then
    public record Outcome(boolean changed, Optional<String> refusal) {}

    private record End() implements Command {}

    private final BlockingQueue<Command> commands = new ArrayBlockingQueue<>(WAITING_ROWS);
    private final Path run;
    private final Consumer<String> notes;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;

    // Everything below belongs to the thread, which no plug-in may end: they may throw anything.
    private final SequencedMap<String, Open> recorders = new LinkedHashMap<>();
    private Optional<MetricsRow> last = Optional.empty();
    private long stepBeforeLast;

    /// @param factory what opened the recorder
    private record Open(RecorderFactory factory, Recorder recorder) {}

    /// Opens all recorders and starts the thread.
    ///
    /// @param factories by the names of their plug-ins
    /// @param step the step that the run goes on from
    /// @param notes hears of recorders that fail, on the thread
    public RecorderThread(Map<String, RecorderFactory> factories, Path run, long step, Consumer<String> notes)
            throws IOException {
        this.run = run;
        this.notes = notes;
        stepBeforeLast = step;
        try {
            for (var each : factories.entrySet()) {
                recorders.put(each.getKey(), new Open(each.getValue(), each.getValue().open(run, step)));
            }
        } catch (IOException | RuntimeException | Error e) {
            recorders.values().forEach(open -> closeQuietly(open.recorder, e));
            throw e;
        }
        thread = Thread.ofPlatform().name("limber-recorders").daemon(true).start(this::work);
    }

    /// Goes over to other recorders, without losing a row: each that is new takes up the file of the one that had its name,
    /// and records the last row once more, in place of the other. Where one cannot, all stay as they were.
    ///
    /// @param factories all that there are, by the names of their plug-ins
    public Outcome change(Map<String, RecorderFactory> factories) throws InterruptedException {
        var outcome = new CompletableFuture<Outcome>();
        put(new Change(factories, outcome));
        try {
            CompletableFuture.anyOf(outcome, ended).get();
            return outcome.getNow(new Outcome(false, Optional.empty())); // nothing more to record: the thread has ended
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }

    /// Hands a row over. Waits only where recorders are hundreds of rows behind.
    public void record(MetricsRow row) {
        put(new Row(row));
    }

    /// Something else that is slow and belongs to a run.
    public interface Action {

        /// Does it.
        void run() throws IOException;
    }

    /// Has something done after what was handed over so far. Where it fails the user is told.
    ///
    /// @param what is written, for the user
    public void afterwards(String what, Action action) {
        put(new Afterwards(what, action));
    }

    /// Waits until all rows handed over are on the disk.
    public void flush() {
        var done = new CompletableFuture<Void>();
        put(new Flush(done));
        done.join();
    }

    /// Writes what was handed over, closes the recorders and ends the thread.
    @Override
    public void close() {
        put(new End());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Command command) {
        boolean interrupted = false;
        while (true) {
            try {
                commands.put(command);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while (!ended.isDone()) {
            try {
                perform(commands.take());
            } catch (InterruptedException e) {
                // nobody interrupts this thread on purpose; close() ends it
            }
        }
    }

    /// A method of its own: while the thread waits it must not hold on to what it did last, which may be all that keeps the
    /// classes of a plug-in that is gone.
    private void perform(Command command) {
        switch (command) {
            case Row(MetricsRow row) -> {
                last.ifPresent(before -> stepBeforeLast = before.step());
                last = Optional.of(row);
                each(recorder -> recorder.record(row));
            }
            case Flush flush -> {
                each(Recorder::flush);
                flush.done().complete(null);
            }
            case Afterwards(String what, Action action) -> {
                try {
                    action.run();
                } catch (IOException | RuntimeException | Error e) {
                    notes.accept(what + " could not be written: " + e.getMessage());
                }
            }
            case Change(var factories, var outcome) -> outcome.complete(changeNow(factories));
            case End() -> {
                each(Recorder::flush);
                each(Recorder::close);
                ended.complete(null);
            }
        }
    }

    private Outcome changeNow(Map<String, RecorderFactory> factories) {
        var before = new LinkedHashMap<String, RecorderFactory>();
        recorders.forEach((name, open) -> before.put(name, open.factory));
        if (before.equals(factories)) {
            return new Outcome(false, Optional.empty());
        }
        Optional<String> refusal = Optional.empty();
        for (String name : before.keySet().stream().filter(name -> !factories.containsKey(name)).toList()) {
            close(name);
        }
        for (var each : factories.entrySet()) {
            if (before.get(each.getKey()) != each.getValue()) {
                try {
                    open(each.getKey(), each.getValue());
                } catch (IOException | RuntimeException | Error e) {
                    refusal = Optional.of("recorder " + each.getKey() + " failed: " + e.getMessage());
                    break;
                }
            }
        }
        if (refusal.isPresent()) {
            before.forEach((name, factory) -> {
                if (!recorders.containsKey(name) || recorders.get(name).factory != factory) {
                    reopen(name, factory);
                }
            });
            recorders.keySet().stream().filter(name -> !before.containsKey(name)).toList().forEach(this::close);
        }
        return new Outcome(refusal.isEmpty(), refusal);
    }

    /// Opens a recorder that goes on after the last row but one, and has it record the last one. Whatever had its name is
    /// closed before.
    private void open(String name, RecorderFactory factory) throws IOException {
        close(name);
        Recorder recorder = factory.open(run, stepBeforeLast);
        try {
            if (last.isPresent()) {
                recorder.record(last.get());
            }
            recorder.flush();
        } catch (IOException | RuntimeException | Error e) {
            closeQuietly(recorder, e);
            throw e;
        }
        recorders.put(name, new Open(factory, recorder));
    }

    private void reopen(String name, RecorderFactory factory) {
        try {
            open(name, factory);
        } catch (IOException | RuntimeException | Error e) {
            tellLeftOut(name, e);
        }
    }

    private void close(String name) {
        Open open = recorders.remove(name);
        if (open != null) {
            try {
                open.recorder.flush();
                open.recorder.close();
            } catch (IOException | RuntimeException | Error e) {
                notes.accept("recorder " + name + " did not close: " + e.getMessage());
            }
        }
    }

    private static void closeQuietly(Recorder recorder, Throwable reason) {
        try {
            recorder.close();
        } catch (IOException | RuntimeException | Error e) {
            reason.addSuppressed(e);
        }
    }

    private void tellLeftOut(String name, Throwable reason) {
        notes.accept("recorder " + name + " failed and is left out from now on: " + reason.getMessage());
    }

    private interface Use {
        void of(Recorder recorder) throws IOException;
    }

    private void each(Use use) {
        for (String name : List.copyOf(recorders.keySet())) {
            try {
                use.of(recorders.get(name).recorder);
            } catch (IOException | RuntimeException | Error e) {
                tellLeftOut(name, e);
                closeQuietly(recorders.remove(name).recorder, e);
            }
        }
    }
}
