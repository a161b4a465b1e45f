package dev.limber.experiment.plan;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.experiment.catalog.Studio;
import dev.limber.experiment.pixels.PixelEnvironment;
import dev.limber.experiment.pixels.PixelSpec;

/// Pixels to be observed.
///
/// @param spec what of them
/// @param plain what the environment looks like without them
public record PlannedPixels(PixelSpec spec, EnvironmentSpec plain) {

    /// Shows a batch as pixels, and closes it where it cannot.
    Environment show(Environment batch, Studio studio) {
        try {
            return new PixelEnvironment(batch, spec, studio.renderers());
        } catch (RuntimeException | Error e) {
            batch.close();
            throw e;
        }
    }
}
