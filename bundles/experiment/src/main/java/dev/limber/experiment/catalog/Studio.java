package dev.limber.experiment.catalog;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Renderers;
import dev.limber.api.video.VideoEncoder;
import java.util.Optional;

/// What draws and what films, as it is now. Thread-safe.
public final class Studio {

    private volatile Optional<Renderers> renderers = Optional.empty();
    private volatile Optional<VideoEncoder> encoder = Optional.empty();

    /// Says what draws from now on.
    public void drawWith(Optional<Renderers> present) {
        renderers = present;
    }

    /// Says what films from now on.
    public void filmWith(Optional<VideoEncoder> present) {
        encoder = present;
    }

    /// What draws.
    ///
    /// @throws UsageException where there is nothing
    public Renderers renderers() {
        return renderers.orElseThrow(() -> new UsageException("nothing can be drawn: no bundle provides a renderer"));
    }

    /// What films.
    ///
    /// @throws UsageException where there is nothing
    public VideoEncoder encoder() {
        return encoder.orElseThrow(
                () -> new UsageException("films cannot be written: no bundle provides an encoder"));
    }
}
