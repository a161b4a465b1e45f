package dev.limber.experiment.plan;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Renderers;
import dev.limber.experiment.pixels.PixelEnvironment;
import dev.limber.experiment.pixels.PixelSpec;
import java.util.Optional;
import java.util.function.Supplier;

/// Pixels to be observed.
///
/// @param spec what of them
/// @param plain what the environment looks like without them
/// @param renderers what draws, where there is something
public record PlannedPixels(PixelSpec spec, EnvironmentSpec plain, Supplier<Optional<Renderers>> renderers) {

    /// Shows a batch as pixels, and closes it where it cannot.
    Environment show(Environment batch) {
        try {
            return new PixelEnvironment(batch, spec, renderers.get().orElseThrow(
                    () -> new UsageException("pixels cannot be observed: no bundle provides a renderer")));
        } catch (RuntimeException | Error e) {
            batch.close();
            throw e;
        }
    }
}
