package dev.limber.algorithms.ddpg;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/// The threads that work on the parts of a batch, each always on the same part: the calling thread on part 0.
final class Workers implements AutoCloseable {

    private final ExecutorService[] threads;
    private final Future<?>[] running;

    /// @param count threads in all, the calling one included
    Workers(int count) {
        threads = new ExecutorService[count - 1];
        running = new Future<?>[count - 1];
        for (int i = 0; i < threads.length; i++) {
            int number = i + 1;
            threads[i] = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("learner-" + number).factory());
        }
    }

    /// How many parts there are.
    int count() {
        return threads.length + 1;
    }

    /// Does `task` for every part at once, and returns when all are done. What a part throws is thrown here.
    void each(IntConsumer task) {
        for (int i = 0; i < threads.length; i++) {
            int part = i + 1;
            running[i] = threads[i].submit(() -> task.accept(part));
        }
        RuntimeException thrown = null;
        try {
            task.accept(0);
        } catch (RuntimeException e) {
            thrown = e;
        }
        boolean interrupted = false;
        for (Future<?> future : running) {
            while (true) {
                try {
                    future.get();
                    break;
                } catch (InterruptedException e) {
                    // The parameters are being read: going on without this part is no choice.
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (thrown == null) {
                        thrown = e.getCause() instanceof RuntimeException cause
                                ? cause
                                : new IllegalStateException(e.getCause());
                    }
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public void close() {
        for (ExecutorService thread : threads) {
            thread.shutdown();
        }
    }
}
