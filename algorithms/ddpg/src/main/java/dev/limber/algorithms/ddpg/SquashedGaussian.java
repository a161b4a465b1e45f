package dev.limber.algorithms.ddpg;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.limber.learning.tensor.Scaling;

/// Actions drawn from a Gaussian distribution and squashed to -1 to 1 by tanh, to be differentiated by what the actor
/// gave (the reparameterisation `tanh(mean + std * noise)`).
///
/// Source: Haarnoja et al., "Soft Actor-Critic: Off-Policy Maximum Entropy Deep Reinforcement Learning with a Stochastic
/// Actor", 2018, appendix C.
///
/// @param actions [n, action]
/// @param logProbability the logarithm of their density [n, 1]
record SquashedGaussian(NDArray actions, NDArray logProbability) {

    static final double LEAST_LOG_STD = -20;
    static final double LARGEST_LOG_STD = 2;

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /// @param outputs of the actor: means, then logarithms of standard deviations [n, 2 action]
    /// @param noise standard normal [n, action]
    static SquashedGaussian of(NDArray outputs, NDArray noise) {
        var rows = (PtNDArray) outputs;
        long size = noise.getShape().get(1);
        NDArray mean = JniUtils.slice(rows, 1, 0, size, 1);
        NDArray logStd = JniUtils.slice(rows, 1, size, 2 * size, 1).clip(LEAST_LOG_STD, LARGEST_LOG_STD);
        NDArray raw = logStd.exp().mul(noise).add(mean);
        // log(1 - tanh(u)^2) = 2 (log 2 - u - softplus(-2u)), which is exact where the left side has lost its digits.
        NDArray squash = Scaling.times(raw.add(JniUtils.softPlus((PtNDArray) Scaling.times(raw, -2))), 2);
        NDArray density = Scaling.times(noise.square(), -0.5).sub(logStd).add(squash);
        NDArray logProbability = density.sum(new int[] {1}, true).sub(size * (HALF_LOG_TWO_PI + 2 * Math.log(2)));
        return new SquashedGaussian(raw.tanh(), logProbability);
    }
}
