package dev.limber.experiment.loop;

import java.util.concurrent.atomic.AtomicBoolean;

/// What users ask of a running experiment, until the loop gets to it. Thread-safe.
final class Requests {

    private final AtomicBoolean checkpoint = new AtomicBoolean();
    private volatile boolean stop;
    private volatile boolean pause;

    synchronized void pause(boolean wanted) {
        pause = wanted;
        notifyAll();
    }

    synchronized void stop() {
        stop = true;
        notifyAll();
    }

    synchronized void checkpoint() {
        checkpoint.set(true);
        notifyAll();
    }

    boolean stopWanted() {
        return stop;
    }

    boolean pauseWanted() {
        return pause && !stop;
    }

    /// True once for each request for a checkpoint.
    boolean takeCheckpoint() {
        return checkpoint.getAndSet(false);
    }

    /// Waits while a pause is wanted and nothing else is.
    ///
    /// @param checkpoints true where a request for a checkpoint ends the wait too
    synchronized void awaitWhilePaused(boolean checkpoints) throws InterruptedException {
        while (pauseWanted() && !(checkpoints && checkpoint.get())) {
            wait();
        }
    }
}
