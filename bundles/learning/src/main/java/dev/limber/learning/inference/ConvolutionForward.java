package dev.limber.learning.inference;

import dev.limber.learning.network.ConvolutionSpec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The forward pass of convolutions, computed from the flat parameters that [ConvolutionSpec] describes: the patches of a
/// picture are laid out as rows, and each layer is then a linear map of them, which [MlpForward] computes.
///
/// A picture comes out with the same bits whatever the batch it is in. Nothing is allocated after construction. Not
/// thread-safe.
public final class ConvolutionForward {

    private final ConvolutionSpec spec;
    private final MemorySegment parameters;
    private final float[] mean;
    private float scale;
    private final MlpForward[] layers;
    /// One picture as each layer takes it, row-major [rows, columns, channels].
    private final float[][] inputs;
    private final float[] patches;
    private final float[] features;

    /// A forward pass with the parameters as they are now.
    ///
    /// @param parameters where the parameters begin; may be longer than they are, and must stay valid. Read by this
    ///                   constructor and by [#refresh] alone
    public ConvolutionForward(ConvolutionSpec spec, MemorySegment parameters) {
        this.spec = spec;
        this.parameters = parameters.asReadOnly();
        mean = new float[spec.image().size()];
        int count = spec.layers().size();
        layers = new MlpForward[count];
        inputs = new float[count][];
        int most = 0;
        for (int l = 0; l < count; l++) {
            layers[l] = new MlpForward(spec.layer(l), parameters.asSlice((long) spec.offset(l) * Float.BYTES));
            inputs[l] = new float[spec.rows(l) * spec.columns(l) * spec.channels(l)];
            most = Math.max(most, spec.rows(l + 1) * spec.columns(l + 1) * spec.layer(l).inputs());
        }
        patches = new float[most];
        features = new float[spec.features()];
        readMean();
    }

    /// Takes over the parameters as they are now.
    public void refresh() {
        readMean();
        for (MlpForward layer : layers) {
            layer.refresh();
        }
    }

    private void readMean() {
        MemorySegment.copy(parameters, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, mean, 0, mean.length);
        scale = parameters.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, spec.scaleOffset());
    }

    /// Computes the features of a batch.
    ///
    /// @param pixels unsigned bytes, row-major [rows, height, width, channels]
    /// @param out receives the features, from the beginning of each row on
    /// @param stride numbers per row of `out`, at least [ConvolutionSpec#features]
    public void forward(byte[] pixels, int rows, float[] out, int stride) {
        for (int row = 0; row < rows; row++) {
            float[] first = inputs[0];
            int picture = row * first.length;
            for (int i = 0; i < first.length; i++) {
                first[i] = ((pixels[picture + i] & 0xFF) - mean[i]) * scale;
            }
            for (int l = 0; l < layers.length; l++) {
                float[] target = l + 1 < layers.length ? inputs[l + 1] : features;
                int positions = layOut(l);
                layers[l].forward(patches, positions, target);
                for (int i = 0; i < target.length; i++) {
                    target[i] = Math.max(0, target[i]);
                }
            }
            System.arraycopy(features, 0, out, row * stride, features.length);
        }
    }

    /// Lays out the patches of a layer, row-major [positions, kernel, kernel, channels].
    ///
    /// @return the number of positions
    private int layOut(int layer) {
        int kernel = spec.layers().get(layer).kernel();
        int stride = spec.layers().get(layer).stride();
        int channels = spec.channels(layer);
        int line = spec.columns(layer) * channels;
        int run = kernel * channels;
        int down = spec.rows(layer + 1);
        int across = spec.columns(layer + 1);
        float[] source = inputs[layer];
        int to = 0;
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                int from = y * stride * line + x * stride * channels;
                for (int k = 0; k < kernel; k++) {
                    System.arraycopy(source, from, patches, to, run);
                    from += line;
                    to += run;
                }
            }
        }
        return down * across;
    }
}
