package dev.limber.learning.optimizer;

import dev.limber.api.state.Stateful;
import dev.limber.learning.network.Parameters;

/// Moves parameters against their gradient.
public interface Optimizer extends Stateful {

    /// Takes one step.
    ///
    /// @param parameters what to move, with the gradient to move it by
    /// @param learningRate the step size
    void step(Parameters parameters, double learningRate);
}
