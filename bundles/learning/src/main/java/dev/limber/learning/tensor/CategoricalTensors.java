package dev.limber.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/// Categorical distributions of a batch, to be differentiated.
///
/// @param logProbabilities normalised [n, choices]
public record CategoricalTensors(NDArray logProbabilities) {

    /// The distributions with the given unnormalised log-probabilities [n, choices].
    public static CategoricalTensors ofLogits(NDArray logits) {
        return new CategoricalTensors(logits.logSoftmax(1));
    }

    /// The log-probability of one choice per row.
    ///
    /// @param choices integral floats [n, 1]
    /// @return [n, 1]
    public NDArray logProbability(NDArray choices) {
        return logProbabilities.gather(choices.toType(DataType.INT64, false), 1);
    }

    /// The mean entropy, a scalar [nat].
    public NDArray entropy() {
        // The mean over n rows and c choices is c times too small for a sum over choices.
        return Scaling.times(logProbabilities.exp().mul(logProbabilities).mean(), -logProbabilities.getShape().get(1));
    }
}
