package dev.limber.study.run;

import dev.limber.api.study.Study.Status;
import dev.limber.api.study.StudyListener;
import java.util.HashMap;
import java.util.Map;

/// Adds up how far a study's experiments have come. Thread-safe.
final class StudyProgress {

    private static final long PUBLISH_NANOS = 200_000_000;

    private final StudyListener listener;
    private final long totalSteps;
    private final int pieces;
    private final long startNanos = System.nanoTime();
    private final Map<Trial, Long> taken = new HashMap<>();
    private long keptSteps;
    private int done;
    private int running;
    private int failed;
    private long publishedNanos = startNanos - PUBLISH_NANOS;

    StudyProgress(StudyListener listener, long totalSteps, int pieces) {
        this.listener = listener;
        this.totalSteps = totalSteps;
        this.pieces = pieces;
    }

    /// A piece of work begins.
    ///
    /// @param steps what its run has taken already
    synchronized void begin(Trial trial, long steps) {
        running++;
        keptSteps += Math.max(0, steps - taken.getOrDefault(trial, 0L));
        taken.put(trial, steps);
        publish(false);
    }

    /// It has taken that many steps.
    synchronized void step(Trial trial, long steps) {
        taken.put(trial, steps);
        publish(false);
    }

    /// It is over.
    ///
    /// @param target steps it was to take
    synchronized void end(Trial trial, Outcome outcome, long target) {
        running--;
        switch (outcome) {
            case Outcome.Scored scored -> {
                done++;
                taken.put(trial, target);
            }
            case Outcome.Failed failure -> failed++;
            case Outcome.Stopped stopped -> {
                // waits for the next time
            }
        }
        publish(true);
    }

    synchronized Status status() {
        long steps = taken.values().stream().mapToLong(Long::longValue).sum();
        double seconds = (System.nanoTime() - startNanos) * 1e-9;
        double rate = seconds > 0 ? (steps - keptSteps) / seconds : 0;
        double left = rate > 0 ? Math.max(0, totalSteps - steps) / rate : Double.NaN;
        return new Status(done, running, Math.max(0, pieces - done - failed - running), failed,
                Math.clamp((double) steps / totalSteps, 0, 1), rate, left);
    }

    private void publish(boolean now) {
        long nanos = System.nanoTime();
        if (now || nanos - publishedNanos >= PUBLISH_NANOS) {
            publishedNanos = nanos;
            listener.progress(status());
        }
    }
}
