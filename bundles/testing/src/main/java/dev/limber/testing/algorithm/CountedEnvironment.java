package dev.limber.testing.algorithm;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.environment.Observations;
import dev.limber.api.state.State;
import java.util.Arrays;
import java.util.Optional;

/// Counts steps, keeps the returns of episodes, and normalises observations where it is told to.
final class CountedEnvironment implements Environment {

    private final Environment environment;
    private final Optional<Normalizer> normalizer;
    private final double[] running;
    private double[] returns = new double[1024];
    private int episodes;
    private long steps;
    private Observations observations = Observations.of(new float[0]);
    private Observations finalObservations = Observations.of(new float[0]);

    CountedEnvironment(Environment environment, Optional<Normalizer> normalizer) {
        this.environment = environment;
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
        environment.reset(seeds);
        Arrays.fill(running, 0);
        observations = learned(environment.observations(), observations);
    }

    @Override
    public void step(float[] actions) {
        environment.step(actions);
        steps += running.length;
        float[] rewards = environment.rewards();
        for (int i = 0; i < running.length; i++) {
            running[i] += rewards[i];
            if (environment.terminated()[i] || environment.truncated()[i]) {
                if (episodes == returns.length) {
                    returns = Arrays.copyOf(returns, 2 * episodes);
                }
                returns[episodes++] = running[i];
                running[i] = 0;
            }
        }
        observations = learned(environment.observations(), observations);
        finalObservations = normalized(environment.finalObservations(), finalObservations);
    }

    private Observations learned(Observations raw, Observations reused) {
        normalizer.ifPresent(present -> present.learn(raw.values(), running.length));
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
    public EnvironmentSpec spec() {
        return environment.spec();
    }

    @Override
    public int copies() {
        return environment.copies();
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
    public float[] rewards() {
        return environment.rewards();
    }

    @Override
    public float[] rewardTerms() {
        return environment.rewardTerms();
    }

    @Override
    public void setRewardWeights(double[] weights) {
        environment.setRewardWeights(weights);
    }

    @Override
    public boolean[] terminated() {
        return environment.terminated();
    }

    @Override
    public boolean[] truncated() {
        return environment.truncated();
    }

    @Override
    public double[] state(int copy) {
        return environment.state(copy);
    }

    @Override
    public void setState(int copy, double[] state) {
        environment.setState(copy, state);
        observations = normalized(environment.observations(), observations);
    }

    @Override
    public State save() {
        return environment.save();
    }

    @Override
    public void restore(State state) {
        environment.restore(state);
        observations = normalized(environment.observations(), observations);
    }

    @Override
    public void close() {
        environment.close();
    }
}
