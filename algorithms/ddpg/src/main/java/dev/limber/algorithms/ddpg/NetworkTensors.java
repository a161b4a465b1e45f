package dev.limber.algorithms.ddpg;

import ai.djl.ndarray.NDArray;
import dev.limber.learning.network.Parameters;
import dev.limber.learning.tensor.Mlp;
import dev.limber.learning.tensor.ParameterTensors;
import dev.limber.learning.tensor.TensorContext;
import java.util.Optional;

/// A [Network] on one learning thread: to learn, to let gradients through without learning, and as target.
final class NetworkTensors {

    private final Parameters view;
    private final ParameterTensors tensors;
    private final Optional<ParameterTensors> targetTensors;
    private final Mlp[] learning;
    private final Mlp[] frozen;
    private final Mlp[] target;

    /// @param view the network's parameters with the gradient that belongs to this thread
    NetworkTensors(TensorContext context, Network network, Parameters view) {
        this.view = view;
        tensors = new ParameterTensors(context, view);
        targetTensors = network.targets().map(targets -> new ParameterTensors(context, targets));
        learning = new Mlp[network.members()];
        frozen = new Mlp[network.members()];
        target = new Mlp[targetTensors.isPresent() ? network.members() : 0];
        for (int member = 0; member < network.members(); member++) {
            frozen[member] = Mlp.frozen(network.spec(), tensors, network.offset(member));
            learning[member] = Mlp.learning(network.spec(), tensors, network.offset(member));
        }
        for (int member = 0; member < target.length; member++) {
            target[member] = Mlp.frozen(network.spec(), targetTensors.orElseThrow(), network.offset(member));
        }
    }

    /// The parameters, with the gradient that [#backward] wrote.
    Parameters view() {
        return view;
    }

    /// The outputs, to be differentiated by the parameters.
    NDArray learning(int member, NDArray inputs) {
        return learning[member].forward(inputs);
    }

    /// The outputs, whose gradient goes through to the inputs but not into the parameters.
    NDArray frozen(int member, NDArray inputs) {
        return frozen[member].forward(inputs);
    }

    /// The outputs of the slowly following parameters.
    NDArray target(int member, NDArray inputs) {
        return target[member].forward(inputs);
    }

    /// Writes the gradient of a scalar to [#view].
    void backward(NDArray loss) {
        tensors.backward(loss);
    }

    /// Shows what was written to the parameters and targets.
    void refresh() {
        tensors.refresh();
        targetTensors.ifPresent(ParameterTensors::refresh);
    }
}
