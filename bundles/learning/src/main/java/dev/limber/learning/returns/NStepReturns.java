package dev.limber.learning.returns;

/// Returns over at most `n` steps, then the value of where they lead (Sutton and Barto, "Reinforcement Learning", 2nd
/// edition, equation 7.1):
/// `R_t = r_t + gamma r_{t+1} + ... + gamma^(n-1) r_{t+n-1} + gamma^n V(o_{t+n})`.
///
/// The sum stops sooner where the episode or the rollout does: after a terminated step nothing follows, after a
/// truncated one the value of the final observation, and after the last step of the rollout the value of the observation
/// that comes next. With `n` of at least the rollout's length these are the returns of A2C (Mnih et al., "Asynchronous
/// Methods for Deep Reinforcement Learning", ICML 2016, algorithm S3), and the advantages `R_t - V(o_t)` are those of
/// [GeneralizedAdvantage] with `lambda = 1`.
///
/// @param gamma discount factor per step, 0 to 1
/// @param n steps before the value takes over, at least 1
public record NStepReturns(double gamma, int n) {

    /// Checks the ranges.
    public NStepReturns {
        Discount.check("gamma", gamma);
        if (n < 1) {
            throw new IllegalArgumentException("n is " + n + ", it must be at least 1");
        }
    }

    /// Computes the returns.
    ///
    /// All arrays but `lastValues` are row-major [steps, copies]. They may be longer; nothing is allocated.
    ///
    /// @param rewards `r_t`, the reward of the action taken in `o_t`
    /// @param values `V(o_t)`
    /// @param lastValues value of what comes after the last step, the first observation of the next rollout [copies]
    /// @param terminated true where the step ended the episode for good
    /// @param truncated true where the step cut the episode short
    /// @param finalValues value of the final observation of the episode, read only where truncated and not terminated
    /// @param returns receives `R_t`; must not be `values`
    public void compute(int steps, int copies, float[] rewards, float[] values, float[] lastValues,
            boolean[] terminated, boolean[] truncated, float[] finalValues, float[] returns) {
        for (int copy = 0; copy < copies; copy++) {
            // The step after which the next end of an episode, or of the rollout, lies.
            int end = steps - 1;
            for (int t = steps - 1; t >= 0; t--) {
                if (terminated[t * copies + copy] || truncated[t * copies + copy]) {
                    end = t;
                }
                int last = n <= end - t ? t + n - 1 : end;
                int i = last * copies + copy;
                double result;
                if (terminated[i]) {
                    result = 0;
                } else if (truncated[i]) {
                    result = finalValues[i];
                } else {
                    result = last == steps - 1 ? lastValues[copy] : values[i + copies];
                }
                for (; i >= t * copies; i -= copies) {
                    result = rewards[i] + gamma * result;
                }
                returns[t * copies + copy] = (float) result;
            }
        }
    }
}
