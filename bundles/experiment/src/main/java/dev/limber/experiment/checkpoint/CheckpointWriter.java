package dev.limber.experiment.checkpoint;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Writes checkpoints on a thread of its own, one at a time, while training goes on: a state never changes once it has been
/// taken, so that a replay memory of gigabytes does not stop its owner for longer than taking the state does. All methods
/// are called from one thread.
public final class CheckpointWriter implements AutoCloseable {

    /// Puts one checkpoint on the disk.
    public interface Task {

        /// Returns when it is there.
        void write() throws IOException;
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon(true).name("limber-checkpoints").factory());
    private Future<?> writing = CompletableFuture.completedFuture(null);

    /// True while a checkpoint is on its way to the disk.
    public boolean busy() {
        return !writing.isDone();
    }

    /// Waits for the checkpoint before this one, and has this one written.
    ///
    /// @throws IOException where the one before could not be written; this one is not tried then
    public void write(Task task) throws IOException {
        await();
        writing = thread.submit((Callable<Void>) () -> {
            task.write();
            return null;
        });
    }

    /// Waits until everything is on the disk.
    ///
    /// @throws IOException where that could not be; said once
    public void await() throws IOException {
        Future<?> last = writing;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    last.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true; // a checkpoint half written is of no use to whoever interrupts
                } catch (ExecutionException e) {
                    writing = CompletableFuture.completedFuture(null);
                    switch (e.getCause()) {
                        case IOException io -> throw io;
                        case RuntimeException unchecked -> throw unchecked;
                        case Error error -> throw error;
                        default -> throw new IllegalStateException(e.getCause());
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Waits until everything is on the disk, and ends the thread.
    @Override
    public void close() throws IOException {
        try {
            await();
        } finally {
            thread.shutdown();
        }
    }
}
