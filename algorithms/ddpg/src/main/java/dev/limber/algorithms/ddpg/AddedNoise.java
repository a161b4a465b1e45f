package dev.limber.algorithms.ddpg;

import dev.limber.api.metrics.Metric;
import dev.limber.api.metrics.Metrics;

/// Exploring with a deterministic actor: what it would do, and noise.
final class AddedNoise {

    private final double deviation;
    private final Metric distanceMetric;

    /// @param deviation of the noise, in halves of the action's range
    AddedNoise(double deviation, Metrics metrics) {
        this.deviation = deviation;
        distanceMetric = metrics.mean("exploration/noise",
                "mean distance of the actions tried from the actor's, within the bounds [halves of the action's range]");
    }

    /// Writes `clip(tanh(outputs) + deviation * normal, -1, 1)`.
    void explore(float[] outputs, float[] normal, float[] target) {
        double distance = 0;
        for (int i = 0; i < target.length; i++) {
            double greedy = Math.tanh(outputs[i]);
            target[i] = (float) Math.clamp(greedy + deviation * normal[i], -1, 1);
            distance += Math.abs(target[i] - greedy);
        }
        distanceMetric.add(distance / target.length);
    }
}
