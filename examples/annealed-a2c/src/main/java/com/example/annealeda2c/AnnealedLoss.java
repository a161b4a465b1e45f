package com.example.annealeda2c;

import ai.djl.ndarray.NDArray;
import dev.limber.api.algorithm.Progress;
import dev.limber.api.metrics.Metric;
import dev.limber.api.metrics.Metrics;
import dev.limber.learning.actorcritic.ActorCriticLoss;
import dev.limber.learning.actorcritic.RolloutTensors;
import dev.limber.learning.tensor.Scaling;

/// A2C's loss, but that the weight of the entropy falls in a line to 0 at the end of the training.
final class AnnealedLoss implements ActorCriticLoss {

    private final double valueWeight;
    private final double firstEntropyWeight;
    private final Metric entropyWeightMetric;

    AnnealedLoss(AnnealedA2cSettings settings, Metrics metrics) {
        valueWeight = settings.value();
        firstEntropyWeight = settings.entropy();
        entropyWeightMetric = metrics.last("policy/entropy-weight", "weight of the policy's entropy; falls to 0");
    }

    @Override
    public Losses of(RolloutTensors rollout, Progress progress) {
        double entropyWeight = firstEntropyWeight * (1 - progress.fraction());
        entropyWeightMetric.add(entropyWeight);
        NDArray policy = rollout.logProbability().mul(rollout.advantage()).mean().neg();
        NDArray value = rollout.value().sub(rollout.target()).square().mean();
        NDArray total = policy.add(Scaling.times(value, valueWeight))
                .sub(Scaling.times(rollout.entropy(), entropyWeight));
        return new Losses(policy, value, total);
    }
}
