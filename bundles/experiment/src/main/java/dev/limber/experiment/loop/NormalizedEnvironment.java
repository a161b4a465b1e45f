package dev.limber.experiment.loop;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.Observations;
import dev.limber.api.state.State;
import dev.limber.experiment.environment.DelegatingEnvironment;
import java.util.Optional;

/// Shows an environment through a normaliser, without teaching it anything. Without a normaliser nothing is changed.
class NormalizedEnvironment extends DelegatingEnvironment {

    private final Optional<Normalizer> normalizer;
    private Observations normalized = Observations.of(new float[0]);
    private Observations normalizedFinals = Observations.of(new float[0]);

    NormalizedEnvironment(Environment delegate, Optional<Normalizer> normalizer) {
        super(delegate);
        this.normalizer = normalizer;
    }

    @Override
    public Observations observations() {
        return normalizer.isPresent() ? normalized : delegate().observations();
    }

    @Override
    public Observations finalObservations() {
        return normalizer.isPresent() ? normalizedFinals : delegate().finalObservations();
    }

    @Override
    public void reset(long[] seeds) {
        super.reset(seeds);
        normalize();
    }

    @Override
    public void step(float[] actions) {
        super.step(actions);
        normalize();
    }

    @Override
    public void setState(int copy, double[] state) {
        super.setState(copy, state);
        normalize();
    }

    @Override
    public void restore(State state) {
        super.restore(state);
        normalize();
    }

    /// Normalises what the delegate shows now.
    final void normalize() {
        if (normalizer.isEmpty()) {
            return;
        }
        normalized = normalize(delegate().observations(), normalized);
        boolean[] terminated = delegate().terminated();
        boolean[] truncated = delegate().truncated();
        for (int i = 0; i < terminated.length; i++) {
            if (terminated[i] || truncated[i]) {
                normalizedFinals = normalize(delegate().finalObservations(), normalizedFinals);
                return;
            }
        }
        if (normalizedFinals.values().length != normalized.values().length) {
            normalizedFinals = new Observations(new float[normalized.values().length],
                    delegate().finalObservations().pixels());
        }
    }

    private Observations normalize(Observations raw, Observations before) {
        Observations target = before;
        if (target.values().length != raw.values().length || target.pixels() != raw.pixels()) {
            target = new Observations(new float[raw.values().length], raw.pixels());
        }
        if (raw.values().length > 0) {
            normalizer.get().apply(raw.values(), delegate().copies(), target.values());
        }
        return target;
    }
}
