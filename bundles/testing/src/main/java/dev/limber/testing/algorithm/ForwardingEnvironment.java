package dev.limber.testing.algorithm;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.state.State;

/// Hands everything on to another environment: extend it to change something of it in a test.
public abstract class ForwardingEnvironment implements Environment {

    /// The other environment.
    protected final Environment environment;

    /// Stands before an environment.
    protected ForwardingEnvironment(Environment environment) {
        this.environment = environment;
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
    public void reset(long[] seeds) {
        environment.reset(seeds);
    }

    @Override
    public void step(float[] actions) {
        environment.step(actions);
    }

    @Override
    public Observations observations() {
        return environment.observations();
    }

    @Override
    public Observations finalObservations() {
        return environment.finalObservations();
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
    }

    @Override
    public void poses(int copy, double[] target, int offset) {
        environment.poses(copy, target, offset);
    }

    @Override
    public void poses(double[] target) {
        environment.poses(target);
    }

    @Override
    public void finalPoses(double[] target) {
        environment.finalPoses(target);
    }

    @Override
    public State save() {
        return environment.save();
    }

    @Override
    public void restore(State state) {
        environment.restore(state);
    }

    @Override
    public void close() {
        environment.close();
    }
}
