package dev.limber.api.session;

import dev.limber.api.watch.Watchable;

/// A recording that is being shown.
public interface RecordedView extends Watchable, AutoCloseable {

    /// How far it is, from the start of the session [s].
    double seconds();

    /// True between [#pause] and [#proceed].
    boolean paused();

    /// True once its end was shown.
    boolean ended();

    /// Shows no more. Further calls do nothing.
    @Override
    void close();
}
