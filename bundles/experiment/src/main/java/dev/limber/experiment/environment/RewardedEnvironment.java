package dev.limber.experiment.environment;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.reward.Reward;
import dev.limber.api.reward.Transitions;
import java.util.List;

/// Puts rewards in the place of an environment's own terms of the same name, or beside them, and sums all of them up anew.
public final class RewardedEnvironment extends DelegatingEnvironment {

    private final Environment seen;
    private final EnvironmentSpec spec;
    private final List<Term> added;
    private final int own;
    private final int n;
    private final int size;
    private final double[] weights;
    private final float[] rewards;
    private final float[] terms;
    private final float[] values;
    private final float[] before;
    private final float[] after;
    private Transitions transitions;

    /// A reward and the term that it computes.
    ///
    /// @param index of the term in the spec
    /// @param reward what computes it
    public record Term(int index, Reward reward) {}

    /// Stands before an environment.
    ///
    /// @param seen whose observations rewards see: `delegate`, or what it stands before
    /// @param spec the environment's, with the terms that are added after its own, and the weights of all
    /// @param added what computes terms in place of the environment
    public RewardedEnvironment(Environment delegate, Environment seen, EnvironmentSpec spec, List<Term> added) {
        super(delegate);
        this.seen = seen;
        this.spec = spec;
        this.added = List.copyOf(added);
        own = delegate.spec().rewardTerms().size();
        n = delegate.copies();
        size = seen.spec().observation().size();
        weights = spec.rewardWeights();
        rewards = new float[n];
        terms = new float[n * weights.length];
        values = new float[n];
        before = new float[n * size];
        after = new float[n * size];
        transitions = new Transitions(n, before, new float[n * spec.action().size()], after, delegate.terminated());
    }

    @Override
    public EnvironmentSpec spec() {
        return spec;
    }

    @Override
    public void step(float[] actions) {
        float[] shown = seen.observations().values();
        System.arraycopy(shown, 0, before, 0, Math.min(shown.length, before.length));
        delegate().step(actions);
        boolean[] terminated = delegate().terminated();
        if (transitions.actions() != actions || transitions.terminated() != terminated) {
            transitions = new Transitions(n, before, actions, after, terminated);
        }
        arrive(terminated);
        System.arraycopy(delegate().rewardTerms(), 0, terms, 0, own * n);
        for (int i = 0; i < added.size(); i++) {
            Term term = added.get(i);
            term.reward.evaluate(transitions, values);
            System.arraycopy(values, 0, terms, term.index * n, n);
        }
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int term = 0; term < weights.length; term++) {
                sum += weights[term] * terms[term * n + i];
            }
            rewards[i] = (float) sum;
        }
    }

    /// What each copy came to in the same episode.
    private void arrive(boolean[] terminated) {
        boolean[] truncated = delegate().truncated();
        Observations next = seen.observations();
        System.arraycopy(next.values(), 0, after, 0, Math.min(next.values().length, after.length));
        float[] finals = seen.finalObservations().values();
        for (int i = 0; i < n && finals.length > 0; i++) {
            if (terminated[i] || truncated[i]) {
                System.arraycopy(finals, i * size, after, i * size, size);
            }
        }
    }

    @Override
    public float[] rewards() {
        return rewards;
    }

    @Override
    public float[] rewardTerms() {
        return terms;
    }

    @Override
    public void setRewardWeights(double[] anew) {
        if (anew.length != weights.length) {
            throw new IllegalArgumentException(
                    "there are " + anew.length + " weights, " + weights.length + " are needed for " + spec.name());
        }
        System.arraycopy(anew, 0, weights, 0, weights.length);
    }

    /// Closes the rewards and leaves the environment behind them open.
    public void closeRewards() {
        for (Term term : added) {
            term.reward.close();
        }
    }

    @Override
    public void close() {
        try {
            closeRewards();
        } finally {
            super.close();
        }
    }
}
