package dev.limber.learning.returns;

/// Generalised advantage estimation, GAE(gamma, lambda): Schulman et al., "High-Dimensional Continuous Control Using
/// Generalized Advantage Estimation", ICLR 2016, equation 16, over rollouts that end anywhere in an episode.
///
/// With the residual `delta_t = r_t + gamma V(o_{t+1}) - V(o_t)`, the advantage is
/// `A_t = delta_t + gamma lambda A_{t+1}`. A step that terminated its episode has no next state: `V(o_{t+1})` counts 0
/// and the trace stops. A step that was truncated is followed by the final observation of its episode, which is valued
/// (Pardo et al., "Time Limits in Reinforcement Learning", ICML 2018), and the trace stops too, since the next row
/// belongs to another episode. A step that is both is terminated.
///
/// @param gamma discount factor per step, 0 to 1
/// @param lambda weight of longer over shorter estimates, 0 (one step) to 1 (as far as the rollout goes)
public record GeneralizedAdvantage(double gamma, double lambda) {

    /// Checks the ranges.
    public GeneralizedAdvantage {
        Discount.check("gamma", gamma);
        Discount.check("lambda", lambda);
    }

    /// Computes advantages, and the returns that values are fitted to: `R_t = A_t + V(o_t)`.
    ///
    /// All arrays but `lastValues` are row-major [steps, copies]. They may be longer; nothing is allocated.
    ///
    /// @param rewards `r_t`, the reward of the action taken in `o_t`
    /// @param values `V(o_t)`
    /// @param lastValues value of what comes after the last step, the first observation of the next rollout [copies]
    /// @param terminated true where the step ended the episode for good
    /// @param truncated true where the step cut the episode short
    /// @param finalValues value of the final observation of the episode, read only where truncated and not terminated
    /// @param advantages receives `A_t`
    /// @param returns receives `R_t`, may be `values` itself
    public void compute(int steps, int copies, float[] rewards, float[] values, float[] lastValues,
            boolean[] terminated, boolean[] truncated, float[] finalValues, float[] advantages, float[] returns) {
        double trace = gamma * lambda;
        for (int copy = 0; copy < copies; copy++) {
            double nextValue = lastValues[copy];
            double nextAdvantage = 0;
            for (int i = (steps - 1) * copies + copy; i >= 0; i -= copies) {
                if (terminated[i]) {
                    nextValue = 0;
                    nextAdvantage = 0;
                } else if (truncated[i]) {
                    nextValue = finalValues[i];
                    nextAdvantage = 0;
                }
                double value = values[i];
                double advantage = rewards[i] + gamma * nextValue - value + trace * nextAdvantage;
                advantages[i] = (float) advantage;
                returns[i] = (float) (advantage + value);
                nextValue = value;
                nextAdvantage = advantage;
            }
        }
    }
}
