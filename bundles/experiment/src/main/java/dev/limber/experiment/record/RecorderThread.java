package dev.limber.experiment.record;

import dev.limber.api.metrics.MetricsRow;
import dev.limber.api.metrics.Recorder;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Feeds all recorders from a thread of its own, so that a slow disk does not slow the run. A recorder that fails is
/// dropped with a note; the run goes on.
public final class RecorderThread implements Closeable {

    private static final int WAITING_ROWS = 256;

    private sealed interface Command {}

    private record Row(MetricsRow row) implements Command {}

    private record Flush(CompletableFuture<Void> done) implements Command {}

    private record Afterwards(String what, Action action) implements Command {}

    private record End() implements Command {}

    private final BlockingQueue<Command> commands = new ArrayBlockingQueue<>(WAITING_ROWS);
    private final List<Recorder> recorders;
    private final Consumer<String> notes;
    private final Thread thread;

    /// Starts the thread.
    ///
    /// @param notes hears of recorders that fail, on the thread
    public RecorderThread(List<Recorder> recorders, Consumer<String> notes) {
        this.recorders = new ArrayList<>(recorders);
        this.notes = notes;
        thread = Thread.ofPlatform().name("limber-recorders").daemon(true).start(this::work);
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
        while (true) {
            Command command;
            try {
                command = commands.take();
            } catch (InterruptedException e) {
                continue; // nobody interrupts this thread on purpose; close() ends it
            }
            switch (command) {
                case Row row -> each(recorder -> recorder.record(row.row()));
                case Flush flush -> {
                    each(Recorder::flush);
                    flush.done().complete(null);
                }
                case Afterwards(String what, Action action) -> {
                    try {
                        action.run();
                    } catch (IOException | RuntimeException e) {
                        notes.accept(what + " could not be written: " + e.getMessage());
                    }
                }
                case End() -> {
                    each(Recorder::flush);
                    each(Recorder::close);
                    return;
                }
            }
        }
    }

    private interface Use {
        void on(Recorder recorder) throws IOException;
    }

    private void each(Use use) {
        for (Iterator<Recorder> all = recorders.iterator(); all.hasNext();) {
            Recorder recorder = all.next();
            try {
                use.on(recorder);
            } catch (IOException | RuntimeException e) {
                all.remove();
                notes.accept("recorder " + recorder.getClass().getSimpleName() + " failed and is left out from now on: "
                        + e.getMessage());
                try {
                    recorder.close();
                } catch (IOException | RuntimeException again) {
                    e.addSuppressed(again);
                }
            }
        }
    }
}
