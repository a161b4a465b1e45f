package dev.limber.experiment.play;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.Observations;
import java.util.Optional;

/// What a policy sees of an environment.
final class PolicyView {

    private final Environment environment;
    private final Optional<Normalizer> normalizer;
    private float[] values = {};

    PolicyView(Environment environment, Optional<Normalizer> normalizer) {
        this.environment = environment;
        this.normalizer = normalizer;
    }

    Observations observations() {
        Observations raw = environment.observations();
        if (normalizer.isEmpty() || raw.values().length == 0) {
            return raw;
        }
        if (values.length != raw.values().length) {
            values = new float[raw.values().length];
        }
        normalizer.get().apply(raw.values(), environment.copies(), values);
        return new Observations(values, raw.pixels());
    }
}
