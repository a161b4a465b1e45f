package dev.limber.experiment.shard;

import java.util.concurrent.locks.LockSupport;

/// A thread that runs one task after another for one caller. Handing a task over neither allocates nor locks: both
/// sides look for a short while and then sleep.
final class ShardThread {

    /// How often to look before sleeping; some 20 to 50 microseconds, and not at all where there is only one core.
    private static final int LOOKS = Runtime.getRuntime().availableProcessors() > 1 ? 1000 : 0;

    private final Thread thread;
    private final Thread caller = Thread.currentThread();
    private Runnable task = () -> {};
    private long asked;
    private Throwable failure;
    private volatile long wanted;
    private volatile long done;
    private volatile boolean workerSleeps;
    private volatile boolean callerSleeps;
    private volatile boolean ended;

    ShardThread(String name) {
        thread = Thread.ofPlatform().name(name).daemon(true).start(this::work);
    }

    /// Hands a task over. The one before must have been awaited.
    void start(Runnable next) {
        task = next;
        wanted = ++asked;
        if (workerSleeps) {
            LockSupport.unpark(thread);
        }
    }

    /// Waits until the task is done, and throws what it threw.
    void await() {
        for (int i = 0; i < LOOKS && done != asked; i++) {
            Thread.onSpinWait();
        }
        if (done != asked) {
            callerSleeps = true;
            while (done != asked) {
                LockSupport.park(this);
            }
            callerSleeps = false;
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            switch (thrown) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                default -> throw new IllegalStateException(thrown);
            }
        }
    }

    /// Ends the thread and waits for it.
    void end() {
        ended = true;
        LockSupport.unpark(thread);
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

    private void work() {
        long finished = 0;
        while (true) {
            for (int i = 0; i < LOOKS && wanted == finished; i++) {
                Thread.onSpinWait();
            }
            if (wanted == finished) {
                workerSleeps = true;
                while (wanted == finished && !ended) {
                    LockSupport.park(this);
                }
                workerSleeps = false;
            }
            if (wanted == finished) {
                return;
            }
            try {
                task.run();
            } catch (Throwable thrown) { // the caller gets it
                failure = thrown;
            }
            done = ++finished;
            if (callerSleeps) {
                LockSupport.unpark(caller);
            }
        }
    }
}
