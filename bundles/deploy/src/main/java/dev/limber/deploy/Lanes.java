package dev.limber.deploy;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Runs jobs of one name one after another, and jobs of different names beside each other: a plug-in that never ends its
/// activation, and an experiment that is paused, hold up nobody else. Thread-safe.
final class Lanes implements AutoCloseable {

    /// What is to be done.
    interface Job {
        void run() throws InterruptedException;
    }

    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("limber-deploy-", 1).factory());
    private final Map<String, CompletableFuture<?>> last = new HashMap<>();
    private final Consumer<Throwable> failed;

    /// @param failed hears what jobs throw
    Lanes(Consumer<Throwable> failed) {
        this.failed = failed;
    }

    /// Runs a job when those of its name that came before have ended.
    synchronized void run(String name, Job job) {
        if (threads.isShutdown()) {
            return;
        }
        last.put(name, last.getOrDefault(name, CompletableFuture.completedFuture(null)).handleAsync((result, ended) -> {
            try {
                job.run();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error bug) {
                failed.accept(bug);
            }
            return null;
        }, threads));
        last.values().removeIf(CompletableFuture::isDone);
    }

    private synchronized CompletableFuture<Void> all() {
        return CompletableFuture.allOf(last.values().toArray(CompletableFuture[]::new));
    }

    /// Waits until there is nothing to do, or for so long [ms].
    void awaitRest(long longest) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(longest);
        try {
            for (CompletableFuture<Void> all = all(); !all.isDone(); all = all()) { // jobs may bring others
                all.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException busy) {
            return;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Interrupts what is being done.
    @Override
    public synchronized void close() {
        threads.shutdownNow();
    }
}
