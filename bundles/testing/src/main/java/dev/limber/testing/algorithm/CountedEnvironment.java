package dev.limber.testing.algorithm;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.Observations;
import dev.limber.api.state.State;
import java.util.Arrays;
import java.util.Optional;

/// Counts steps, keeps the returns of episodes, and normalises observations where it is told to.
final class CountedEnvironment extends ForwardingEnvironment {

    private static final String SCHEMA = "dev.limber.testing.counted";

    private final Optional<Normalizer> normalizer;
    private final double[] running;
    private double[] returns = new double[1024];
    private int episodes;
    private long steps;
    private Observations observations = Observations.of(new float[0]);
    private Observations finalObservations = Observations.of(new float[0]);

    CountedEnvironment(Environment environment, Optional<Normalizer> normalizer) {
        super(environment);
        this.normalizer = normalizer;
        running = new double[environment.copies()];
    }

    long steps() {
        return steps;
    }

    /// The returns of all episodes that have ended, in the order they ended.
    double[] returns() {
        return Arrays.copyOf(returns, episodes);
    }

    @Override
    public void reset(long[] seeds) {
        super.reset(seeds);
        Arrays.fill(running, 0);
        observations = learned(super.observations(), observations);
    }

    @Override
    public void step(float[] actions) {
        super.step(actions);
        steps += running.length;
        float[] rewards = rewards();
        for (int i = 0; i < running.length; i++) {
            running[i] += rewards[i];
            if (terminated()[i] || truncated()[i]) {
                if (episodes == returns.length) {
                    returns = Arrays.copyOf(returns, 2 * episodes);
                }
                returns[episodes++] = running[i];
                running[i] = 0;
            }
        }
        observations = learned(super.observations(), observations);
        finalObservations = normalized(super.finalObservations(), finalObservations);
    }

    private Observations learned(Observations raw, Observations reused) {
        if (normalizer.isPresent()) {
            normalizer.get().learn(raw.values(), running.length);
        }
        return normalized(raw, reused);
    }

    private Observations normalized(Observations raw, Observations reused) {
        if (normalizer.isEmpty()) {
            return raw;
        }
        var target = reused.values().length == raw.values().length
                ? reused
                : new Observations(new float[raw.values().length], raw.pixels());
        normalizer.get().apply(raw.values(), running.length, target.values());
        return target;
    }

    @Override
    public Observations observations() {
        return observations;
    }

    @Override
    public Observations finalObservations() {
        return finalObservations;
    }

    @Override
    public void setState(int copy, double[] state) {
        super.setState(copy, state);
        observations = normalized(super.observations(), observations);
    }

    /// The state of the environment, of the running episodes and of the normaliser; not the returns so far.
    @Override
    public State save() {
        var state = new State(SCHEMA, 1).put("environment", super.save()).put("steps", steps).put("running", running);
        normalizer.ifPresent(present -> state.put("normalizer", present.save()));
        return state;
    }

    @Override
    public void restore(State state) {
        super.restore(state.expect(SCHEMA, 1).state("environment"));
        steps = state.integer("steps");
        state.read("running", running);
        normalizer.ifPresent(present -> present.restore(state.state("normalizer")));
        observations = normalized(super.observations(), observations);
    }
}
