package dev.limber.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.limber.learning.network.Activation;
import dev.limber.learning.network.MlpSpec;

/// A multilayer perceptron that can be differentiated, over a part of flat parameters.
public final class Mlp {

    private final MlpSpec spec;
    private final PtNDArray[] weights;
    private final PtNDArray[] biases;

    private Mlp(MlpSpec spec, ParameterTensors tensors, int offset, boolean learns) {
        this.spec = spec;
        weights = new PtNDArray[spec.layers()];
        biases = new PtNDArray[spec.layers()];
        for (int l = 0; l < spec.layers(); l++) {
            long out = spec.layerOutputs(l);
            long[] shape = {out, spec.layerInputs(l)};
            int weight = offset + spec.weightOffset(l);
            int bias = offset + spec.biasOffset(l);
            weights[l] = (PtNDArray) (learns ? tensors.leaf(weight, shape) : tensors.constant(weight, shape));
            biases[l] = (PtNDArray) (learns ? tensors.leaf(bias, out) : tensors.constant(bias, out));
        }
    }

    /// A network whose parameters learn.
    ///
    /// @param offset where its parameters begin, in floats
    public static Mlp learning(MlpSpec spec, ParameterTensors tensors, int offset) {
        return new Mlp(spec, tensors, offset, true);
    }

    /// A network over the same parameters that gradients flow through but not into.
    ///
    /// @param offset where its parameters begin, in floats
    public static Mlp frozen(MlpSpec spec, ParameterTensors tensors, int offset) {
        return new Mlp(spec, tensors, offset, false);
    }

    /// The outputs for a batch.
    ///
    /// @param inputs [n, inputs]
    /// @return [n, outputs]
    public NDArray forward(NDArray inputs) {
        var x = (PtNDArray) inputs;
        for (int l = 0; l < weights.length; l++) {
            x = JniUtils.linear(x, weights[l], biases[l]);
            if (l < weights.length - 1) {
                x = activate(spec.activation(), x);
            }
        }
        return x;
    }

    private static PtNDArray activate(Activation activation, PtNDArray x) {
        return switch (activation) {
            case TANH -> JniUtils.tanh(x);
            case RELU -> JniUtils.relu(x);
            case IDENTITY -> x;
        };
    }
}
