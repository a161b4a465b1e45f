package dev.limber.api.experiment;

import dev.limber.api.watch.Watchable;
import java.nio.file.Path;
import java.util.Optional;

/// A run's policy at play, on a thread of its own. Where the run gets new weights, it plays with them from the next
/// episode of all copies on.
public interface Playback extends Watchable, AutoCloseable {

    /// The run's directory.
    Path run();

    /// The training step of the weights that play.
    long checkpointStep();

    /// True between [#pause] and [#proceed].
    boolean paused();

    /// Why it has ended without being closed, one line; empty while it plays.
    Optional<String> problem();

    /// Ends, and returns when everything is closed. Further calls do nothing.
    @Override
    void close();
}
