package dev.limber.experiment.play;

import dev.limber.api.environment.Environment;
import java.io.IOException;

/// Watches episodes that are played.
interface Spectator {

    /// Looks away.
    Spectator NONE = environment -> {};

    /// Looks at what a reset, or a step, has made of the environment.
    void look(Environment environment) throws IOException;
}
