package dev.limber.algorithms.ddpg;

import dev.limber.api.random.SeededRandom;
import dev.limber.learning.network.MlpSpec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Weights and biases drawn evenly from `-1 / sqrt(f)` to `1 / sqrt(f)`, where f is how many numbers go into the layer.
///
/// Source: Lillicrap et al., "Continuous control with deep reinforcement learning", 2016, section 7, where it is that of
/// the hidden layers; the last layer is drawn in the same way here.
final class FanInInitialization {

    private FanInInitialization() {}

    /// Fills the parameters of a network. Equal random states give equal parameters.
    static void fill(MlpSpec spec, MemorySegment target, SeededRandom random) {
        int at = 0;
        for (int layer = 0; layer < spec.layers(); layer++) {
            double bound = 1 / Math.sqrt(spec.layerInputs(layer));
            int count = (spec.layerInputs(layer) + 1) * spec.layerOutputs(layer);
            for (int i = 0; i < count; i++) {
                target.setAtIndex(ValueLayout.JAVA_FLOAT, at++, (float) (bound * (2 * random.nextDouble() - 1)));
            }
        }
    }
}
