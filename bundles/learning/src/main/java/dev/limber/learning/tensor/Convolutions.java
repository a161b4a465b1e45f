package dev.limber.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.limber.api.space.Image;
import dev.limber.learning.network.ConvolutionSpec;
import dev.limber.learning.network.MlpSpec;

/// Convolutions that can be differentiated, over a part of flat parameters.
public final class Convolutions {

    private static final Shape NO_PADDING = new Shape(0, 0);
    private static final Shape NO_DILATION = new Shape(1, 1);

    private final ConvolutionSpec spec;
    private final NDArray mean;
    private final NDArray scale;
    private final PtNDArray[] weights;
    private final PtNDArray[] biases;

    /// Convolutions whose parameters learn.
    ///
    /// @param offset where their parameters begin, in floats
    public Convolutions(ConvolutionSpec spec, ParameterTensors tensors, int offset) {
        this.spec = spec;
        Image image = spec.image();
        mean = tensors.constant(offset, image.height(), image.width(), image.channels());
        scale = tensors.constant(offset + spec.scaleOffset(), 1);
        int layers = spec.layers().size();
        weights = new PtNDArray[layers];
        biases = new PtNDArray[layers];
        for (int l = 0; l < layers; l++) {
            MlpSpec layer = spec.layer(l);
            int begin = offset + spec.offset(l);
            int kernel = spec.layers().get(l).kernel();
            weights[l] = (PtNDArray) tensors.leaf(begin, layer.outputs(), kernel, kernel, spec.channels(l));
            biases[l] = (PtNDArray) tensors.leaf(begin + layer.biasOffset(0), layer.outputs());
        }
    }

    /// The features of a batch.
    ///
    /// @param pixels unsigned bytes [n, height, width, channels]
    /// @return [n, features]
    public NDArray forward(NDArray pixels) {
        // Pictures and weights keep their order in memory, channels last, which PyTorch computes fastest in; only the
        // order of the axes is the one that it asks for.
        var x = (PtNDArray) pixels.toType(DataType.FLOAT32, false).sub(mean).mul(scale).transpose(0, 3, 1, 2);
        for (int l = 0; l < weights.length; l++) {
            int stride = spec.layers().get(l).stride();
            PtNDArray weight = weights[l].transpose(0, 3, 1, 2);
            x = JniUtils.relu(JniUtils.convolution(x, weight, biases[l], new Shape(stride, stride), NO_PADDING,
                    NO_DILATION, 1));
        }
        return x.transpose(0, 2, 3, 1).reshape(-1, spec.features());
    }
}
