package dev.limber.experiment.loop;

import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.Experiment.Status;

/// Shows how far an experiment is. The experiment's thread publishes; any thread may read.
final class StatusBoard {

    private static final long INTERVAL = 100_000_000;

    private final Current current;
    private final Clock clock;
    private final Chronicle chronicle;
    private volatile Status status;
    private long publishedStep;
    private double publishedSeconds;
    private long publishedNanos;

    StatusBoard(Current current, Clock clock, Chronicle chronicle) {
        this.current = current;
        this.clock = clock;
        this.chronicle = chronicle;
        status = new Status(Phase.RUNNING, 0, current.plan().steps(), 0, Double.NaN, 0, 0);
    }

    Status status() {
        return status;
    }

    /// Counts from here on, where another process was before.
    void restart() {
        publishedStep = current.steps();
        publishedSeconds = clock.seconds();
        status = now(Phase.RUNNING, publishedSeconds, 0);
    }

    private Status now(Phase phase, double seconds, double rate) {
        EpisodeStatistics statistics = current.statistics();
        return new Status(phase, statistics.steps(), current.plan().steps(), statistics.episodes(),
                statistics.meanReturn(), seconds, rate);
    }

    /// Publishes where that is due.
    void tick(long now) {
        if (now - publishedNanos >= INTERVAL) {
            publishedNanos = now;
            publish(Phase.RUNNING);
        }
    }

    /// Publishes now.
    void publish(Phase phase) {
        double seconds = clock.seconds();
        long steps = current.steps();
        double rate = seconds > publishedSeconds
                ? Math.max(0, steps - publishedStep) / (seconds - publishedSeconds) // steps may have been taken back
                : status.stepsPerSecond();
        publishedStep = steps;
        publishedSeconds = seconds;
        status = now(phase, seconds, rate);
        chronicle.progress(status);
    }
}
