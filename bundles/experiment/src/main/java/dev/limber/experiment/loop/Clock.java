package dev.limber.experiment.loop;

/// Running time over all processes of a run, without pauses.
final class Clock {

    private double earlier;
    private long since;
    private boolean running;

    /// Adds what earlier processes took [s].
    void earlier(double seconds) {
        earlier = seconds;
    }

    void start() {
        since = System.nanoTime();
        running = true;
    }

    void stop() {
        earlier = seconds();
        running = false;
    }

    /// Running time [s].
    double seconds() {
        return running ? earlier + (System.nanoTime() - since) / 1e9 : earlier;
    }
}
