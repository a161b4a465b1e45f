package dev.limber.algorithms.ddpg;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/// The threads that work on the parts of something, each always on the same part: the calling thread on part 0.
final class Workers implements AutoCloseable {

    private final ExecutorService[] threads;
    private final Future<?>[] running;

    /// @param name of the threads, which their parts are added to
    /// @param count threads in all, the calling one included
    Workers(String name, int count) {
        threads = new ExecutorService[count - 1];
        running = new Future<?>[count - 1];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name(name + "-" + (i + 1)).factory());
        }
    }

    /// How many parts there are.
    int count() {
        return threads.length + 1;
    }

    /// Does `task` for every part at once, and returns when all are done. What a part throws is thrown here; where several
    /// do, what the first of them throws.
    void each(IntConsumer task) {
        for (int i = 0; i < threads.length; i++) {
            int part = i + 1;
            running[i] = threads[i].submit(() -> task.accept(part));
        }
        Throwable thrown = null;
        try {
            task.accept(0);
        } catch (RuntimeException | Error e) {
            thrown = e;
        }
        boolean interrupted = false;
        for (Future<?> future : running) {
            while (true) {
                try {
                    future.get();
                    break;
                } catch (InterruptedException e) {
                    // What it works on is shared: going on without this part is no choice.
                    interrupted = true;
                } catch (ExecutionException e) {
                    thrown = thrown == null ? e.getCause() : thrown;
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (thrown) {
            case null -> {
            }
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        }
    }

    @Override
    public void close() {
        for (ExecutorService thread : threads) {
            thread.shutdown();
        }
    }
}
