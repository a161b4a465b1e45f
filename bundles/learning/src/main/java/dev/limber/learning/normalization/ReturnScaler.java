package dev.limber.learning.normalization;

import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;

/// Divides rewards by the standard deviation of the discounted return, so that values have about unit size whatever the
/// task's units; signs are kept, since no mean is taken off.
///
/// Every copy carries the return of its running episode up to now, `R <- gamma R + r`, starting over at 0 after an end.
/// The variance is that of all these returns: Engstrom et al., "Implementation Matters in Deep Policy Gradients", ICLR
/// 2020, there called "PPO scaling optimization". What comes out is `clamp(r / sqrt(variance + epsilon), -clip, clip)`.
public final class ReturnScaler implements Stateful {

    private static final String SCHEMA = "dev.limber.learning.normalization.ReturnScaler";

    private final double gamma;
    private final double clip;
    private final double epsilon;
    private final float[] returns;
    private final RunningMoments moments = new RunningMoments(1);

    /// A scaler that has learned nothing.
    ///
    /// @param copies copies of the environment
    /// @param gamma discount factor per step, 0 to 1
    /// @param clip bound of what comes out, more than 0
    /// @param epsilon added to the variance, more than 0
    public ReturnScaler(int copies, double gamma, double clip, double epsilon) {
        if (!(gamma >= 0 && gamma <= 1)) {
            throw new IllegalArgumentException("gamma is " + gamma + ", it must be within 0 and 1");
        }
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip is " + clip + ", it must be more than 0");
        }
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + ", it must be more than 0");
        }
        this.gamma = gamma;
        this.clip = clip;
        this.epsilon = epsilon;
        returns = new float[copies];
    }

    /// Learns from the rewards of one step of all copies.
    ///
    /// @param rewards as they came from the environment [copies]
    /// @param terminated true where the step ended the episode [copies]
    /// @param truncated true where the step cut the episode short [copies]
    /// @throws IllegalArgumentException where a reward is not finite; nothing has been learned then
    public void learn(float[] rewards, boolean[] terminated, boolean[] truncated) {
        for (int copy = 0; copy < returns.length; copy++) {
            if (!Float.isFinite(rewards[copy])) {
                throw new IllegalArgumentException(
                        "reward of copy " + copy + " is " + rewards[copy] + ", only finite numbers can be scaled");
            }
        }
        for (int copy = 0; copy < returns.length; copy++) {
            returns[copy] = (float) (gamma * returns[copy] + rewards[copy]);
        }
        moments.add(returns, returns.length);
        for (int copy = 0; copy < returns.length; copy++) {
            if (terminated[copy] || truncated[copy]) {
                returns[copy] = 0;
            }
        }
    }

    /// Scales rewards by what has been learned so far; before anything has been, it only clips.
    ///
    /// @param rewards [copies], left as they are
    /// @param target receives the scaled rewards [copies], may be the same array
    public void apply(float[] rewards, float[] target) {
        double scale = moments.count() == 0 ? 1 : 1 / Math.sqrt(moments.variance(0) + epsilon);
        for (int copy = 0; copy < returns.length; copy++) {
            target[copy] = (float) Math.clamp(rewards[copy] * scale, -clip, clip);
        }
    }

    /// The variance of the discounted return so far; 1 before the first step.
    public double variance() {
        return moments.variance(0);
    }

    @Override
    public State save() {
        return new State(SCHEMA, 1).put("returns", returns).put("moments", moments.save());
    }

    @Override
    public void restore(State state) {
        state.expect(SCHEMA, 1);
        float[] saved = new float[returns.length];
        state.read("returns", saved);
        moments.restore(state.state("moments"));
        System.arraycopy(saved, 0, returns, 0, saved.length);
    }
}
