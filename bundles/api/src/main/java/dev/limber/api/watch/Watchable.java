package dev.limber.api.watch;

/// Something that steps an environment, that can be looked at meanwhile, and whose pace can be set. Thread-safe; nothing
/// here waits.
public interface Watchable {

    /// As fast as possible.
    double UNLIMITED = Double.POSITIVE_INFINITY;

    /// Begins to look. Nothing that happens depends on whether anybody looks.
    ///
    /// @throws UnsupportedOperationException where it cannot be watched
    default Watch watch(WatchSpec spec) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot be watched");
    }

    /// Sets how much simulated time passes in a second: 1 is real time, 0.1 slow motion, [#UNLIMITED] as fast as possible.
    ///
    /// @throws dev.limber.api.plugin.UsageException for 0, negative numbers and NaN
    default void pace(double factor) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has one pace");
    }

    /// The pace that was set last.
    default double pace() {
        return UNLIMITED;
    }

    /// Asks to pause.
    void pause();

    /// Asks to go on after a pause.
    void proceed();

    /// Asks to pause after so many more environment steps, each in all copies at once. Whatever is asked for that only
    /// happens between two iterations of an algorithm, a swap for example, lets the iteration end first.
    default void advance(int steps) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " takes no single steps");
    }
}
