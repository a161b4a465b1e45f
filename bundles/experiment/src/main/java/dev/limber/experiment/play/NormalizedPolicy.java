package dev.limber.experiment.play;

import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.Observations;
import dev.limber.api.policy.Policy;

/// A policy for one copy that sees through a normaliser.
final class NormalizedPolicy implements Policy {

    private final Policy policy;
    private final Normalizer normalizer;
    private final float[] values;
    private final Observations seen;

    /// @param size numbers in an observation
    NormalizedPolicy(Policy policy, Normalizer normalizer, int size) {
        this.policy = policy;
        this.normalizer = normalizer;
        values = new float[size];
        seen = Observations.of(values);
    }

    @Override
    public void act(Observations observations, boolean[] starts, float[] actions) {
        normalizer.apply(observations.values(), 1, values);
        policy.act(seen, starts, actions);
    }

    @Override
    public void close() {
        policy.close();
    }
}
