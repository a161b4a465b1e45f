package dev.limber.learning.normalization;

import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.NormalizerFactory;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.space.Box;
import dev.limber.api.space.Space;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/// Makes the normaliser `running`: a [RunningNormalizer].
@Component
@Plugin(name = "running", description = "scales observations to mean 0 and variance 1 over all that training has seen")
@Designate(ocd = RunningNormalizerFactory.Settings.class)
public final class RunningNormalizerFactory implements NormalizerFactory {

    /// Options of the normaliser `running`.
    @ObjectClassDefinition
    public @interface Settings {

        /// Bound of what comes out, in standard deviations.
        @AttributeDefinition(description = "bound of what comes out, in standard deviations", min = "0.1")
        double clip() default 10;

        /// Added to the variance, so that a component that never changes comes out as 0.
        @AttributeDefinition(description = "added to the variance, against division by 0", min = "1e-12")
        double epsilon() default 1e-8;
    }

    /// Made by Declarative Services.
    public RunningNormalizerFactory() {}

    @Override
    public Normalizer create(Space observation, Options options) {
        if (!(observation instanceof Box box)) {
            throw new UsageException("normaliser 'running' takes observations that are a Box of real numbers, not "
                    + observation + "; leave the normaliser out");
        }
        Settings settings = options.as(Settings.class);
        return new RunningNormalizer(box, settings.clip(), settings.epsilon());
    }
}
