package dev.limber.learning.actorcritic;

import ai.djl.ndarray.NDArray;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.learning.tensor.Convolutions;
import dev.limber.learning.tensor.HostBytes;
import dev.limber.learning.tensor.HostTensor;
import dev.limber.learning.tensor.ParameterTensors;
import dev.limber.learning.tensor.TensorContext;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// The observations of a rollout as DJL takes them, and the way from them to the inputs of actor and critic.
final class RolloutObservations {

    private final int numbers;
    private final int bytes;
    private final Optional<HostTensor> values;
    private final Optional<HostBytes> pixels;
    private final Optional<Convolutions> convolutions;

    /// @param rows how many observations a rollout has
    RolloutObservations(ActorCriticNetworks networks, EnvironmentSpec spec, int rows, TensorContext context,
            ParameterTensors parameters) {
        numbers = spec.observation().size();
        values = numbers == 0 ? Optional.empty() : Optional.of(new HostTensor(context, rows, numbers));
        bytes = spec.image().map(image -> image.size()).orElse(0);
        pixels = spec.image().map(image -> new HostBytes(context, rows, image.height(), image.width(),
                image.channels()));
        convolutions = networks.convolutions()
                .map(each -> new Convolutions(each, parameters, networks.convolutionOffset()));
    }

    /// Keeps observations.
    ///
    /// @param row of the first one in the rollout
    void put(int row, Observations observations) {
        if (values.isPresent()) {
            values.get().put(row * numbers, observations.values());
        }
        if (pixels.isPresent()) {
            pixels.get().put((long) row * bytes, observations.pixels());
        }
    }

    /// The pictures that were kept, unsigned bytes [rows, height, width, channels].
    MemorySegment pixels() {
        return pixels.orElseThrow().memory();
    }

    /// The inputs of all that was kept [rows, inputs].
    NDArray inputs() {
        if (convolutions.isEmpty()) {
            return values.orElseThrow().array();
        }
        NDArray features = convolutions.get().forward(pixels.orElseThrow().array());
        return values.isPresent() ? features.concat(values.get().array(), 1) : features;
    }
}
