package dev.limber.experiment.loop;

import dev.limber.experiment.watch.StepGate;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// What users ask of a running experiment, until the loop gets to it. Thread-safe.
final class Requests {

    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private boolean ended;
    private final AtomicBoolean checkpoint = new AtomicBoolean();
    private volatile boolean stop;
    private volatile boolean pause;
    private boolean look;
    private final StepGate gate = new StepGate(() -> pause, this::boundaryWanted);

    /// What holds single steps back.
    StepGate gate() {
        return gate;
    }

    private void wake() {
        notifyAll();
        gate.wake();
    }

    private boolean boundaryWanted() {
        return stop || !changes.isEmpty() || checkpoint.get();
    }

    synchronized void pause(boolean wanted) {
        pause = wanted;
        gate.proceed();
        wake();
    }

    /// Pauses after so many steps.
    synchronized void advance(int steps) {
        pause = true;
        gate.advance(steps);
        wake();
    }

    /// Has a pause look at what is there.
    synchronized void look() {
        look = true;
        wake();
    }

    synchronized void stop() {
        stop = true;
        wake();
    }

    synchronized void checkpoint() {
        checkpoint.set(true);
        wake();
    }

    /// Adds a change. Where the experiment has ended it is answered at once.
    synchronized void change(Change change) {
        if (ended) {
            change.ended();
        } else {
            changes.add(change);
            wake();
        }
    }

    /// The next change, taken.
    Optional<Change> takeChange() {
        return Optional.ofNullable(changes.poll());
    }

    /// True where there is a change.
    boolean changeWanted() {
        return !changes.isEmpty();
    }

    /// Answers all changes that nobody will get to any more.
    synchronized void end() {
        ended = true;
        for (Change change; (change = changes.poll()) != null;) {
            change.ended();
        }
    }

    boolean stopWanted() {
        return stop;
    }

    boolean pauseWanted() {
        return pause && !stop && !gate.stepping();
    }

    /// True once for each request for a checkpoint.
    boolean takeCheckpoint() {
        return checkpoint.getAndSet(false);
    }

    /// Waits while a pause is wanted and nothing else is.
    ///
    /// @param checkpoints true where a request for a checkpoint ends the wait too
    /// @param changing true where a change does
    synchronized void awaitWhilePaused(boolean checkpoints, boolean changing) throws InterruptedException {
        while (pauseWanted() && !look && !(changing && !changes.isEmpty()) && !(checkpoints && checkpoint.get())) {
            wait();
        }
        look = false;
    }

    /// Waits until there is a change, or the end is wanted.
    synchronized void awaitChange() throws InterruptedException {
        while (!stop && changes.isEmpty()) {
            wait();
        }
    }
}
