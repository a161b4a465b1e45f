package dev.limber.experiment.environment;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.physics.Vector3;
import dev.limber.api.state.State;

/// Stands before another environment and passes every call on to it.
public abstract class DelegatingEnvironment implements Environment {

    private final Environment delegate;

    /// Stands before `delegate`.
    protected DelegatingEnvironment(Environment delegate) {
        this.delegate = delegate;
    }

    /// The environment behind this one.
    protected final Environment delegate() {
        return delegate;
    }

    @Override
    public EnvironmentSpec spec() {
        return delegate.spec();
    }

    @Override
    public int copies() {
        return delegate.copies();
    }

    @Override
    public void reset(long[] seeds) {
        delegate.reset(seeds);
    }

    @Override
    public void step(float[] actions) {
        delegate.step(actions);
    }

    @Override
    public Observations observations() {
        return delegate.observations();
    }

    @Override
    public Observations finalObservations() {
        return delegate.finalObservations();
    }

    @Override
    public float[] rewards() {
        return delegate.rewards();
    }

    @Override
    public float[] rewardTerms() {
        return delegate.rewardTerms();
    }

    @Override
    public void setRewardWeights(double[] weights) {
        delegate.setRewardWeights(weights);
    }

    @Override
    public boolean[] terminated() {
        return delegate.terminated();
    }

    @Override
    public boolean[] truncated() {
        return delegate.truncated();
    }

    @Override
    public double[] state(int copy) {
        return delegate.state(copy);
    }

    @Override
    public void setState(int copy, double[] state) {
        delegate.setState(copy, state);
    }

    @Override
    public void state(int copy, double[] target, int offset) {
        delegate.state(copy, target, offset);
    }

    @Override
    public int contacts(int copy, double[] target) {
        return delegate.contacts(copy, target);
    }

    @Override
    public boolean pushable() {
        return delegate.pushable();
    }

    @Override
    public void push(int copy, int body, Vector3 force, Vector3 point) {
        delegate.push(copy, body, force, point);
    }

    @Override
    public void poses(int copy, double[] target, int offset) {
        delegate.poses(copy, target, offset);
    }

    @Override
    public void poses(double[] target) {
        delegate.poses(target);
    }

    @Override
    public void finalPoses(double[] target) {
        delegate.finalPoses(target);
    }

    @Override
    public State save() {
        return delegate.save();
    }

    @Override
    public void restore(State state) {
        delegate.restore(state);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
