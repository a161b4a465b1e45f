package dev.limber.learning.actorcritic;

import ai.djl.ndarray.NDArray;
import dev.limber.api.algorithm.Progress;
import dev.limber.learning.tensor.Scaling;

/// A2C's: towards actions that did better than the critic expected, towards a critic that expects what came, and, by its
/// weight, towards a policy that tries everything.
///
/// @param valueWeight of the critic's mean squared error
/// @param entropyWeight of the policy's entropy
public record AdvantageLoss(double valueWeight, double entropyWeight) implements ActorCriticLoss {

    @Override
    public Losses of(RolloutTensors rollout, Progress progress) {
        // The advantage is a number here: no gradient flows from the policy's loss into the critic.
        NDArray policy = rollout.logProbability().mul(rollout.advantage()).mean().neg();
        NDArray value = rollout.value().sub(rollout.target()).square().mean();
        NDArray total = Scaling.times(value, valueWeight).add(policy)
                .sub(Scaling.times(rollout.entropy(), entropyWeight));
        return new Losses(policy, value, total);
    }
}
