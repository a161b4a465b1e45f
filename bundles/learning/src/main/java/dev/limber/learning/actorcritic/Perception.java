package dev.limber.learning.actorcritic;

import dev.limber.api.environment.Observations;
import dev.limber.learning.inference.ConvolutionForward;
import dev.limber.learning.network.ConvolutionSpec;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// From observations to the inputs of actor and critic, in plain Java: the numbers themselves, and before them the
/// features of the picture where there is one.
final class Perception {

    private final int rows;
    private final int inputs;
    private final int features;
    private final Optional<ConvolutionForward> convolutions;
    private final float[] buffer;

    /// @param rows how many observations there are at once
    /// @param parameters all parameters of `networks`, which may change
    Perception(ActorCriticNetworks networks, int rows, MemorySegment parameters) {
        this.rows = rows;
        inputs = networks.actor().inputs();
        features = networks.convolutions().map(ConvolutionSpec::features).orElse(0);
        convolutions = networks.convolutions().map(spec -> new ConvolutionForward(spec,
                parameters.asSlice((long) networks.convolutionOffset() * Float.BYTES)));
        buffer = new float[convolutions.isPresent() ? rows * inputs : 0];
    }

    void refresh() {
        if (convolutions.isPresent()) {
            convolutions.get().refresh();
        }
    }

    /// The inputs [rows, inputs], valid until the next call.
    float[] inputs(Observations observations) {
        if (convolutions.isEmpty()) {
            return observations.values();
        }
        convolutions.get().forward(observations.pixels(), rows, buffer, inputs);
        int numbers = inputs - features;
        for (int row = 0; row < rows && numbers > 0; row++) {
            System.arraycopy(observations.values(), row * numbers, buffer, row * inputs + features, numbers);
        }
        return buffer;
    }
}
