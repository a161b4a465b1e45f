package dev.limber.learning.inference;

import dev.limber.learning.network.MlpSpec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The forward pass of a multilayer perceptron, computed with the Vector API from the flat parameters that [MlpSpec]
/// describes. Made for acting: on small batches the cost of calling a native engine is many times that of the arithmetic.
///
/// It works on a copy of the parameters laid out for its loops; [#refresh] takes that copy anew after every update.
/// Every output is summed in one fixed order (bias, then inputs from first to last, each step a fused multiply-add), so
/// that a row comes out with the same bits whatever the batch it is in and however wide the machine's vectors are.
/// Nothing is allocated after construction. NaN in gives NaN out. Not thread-safe.
public final class MlpForward {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /// Rows that go through all layers together; the activations between two layers then stay in the cache.
    private static final int BLOCK = 32;

    private final MlpSpec spec;
    private final MemorySegment parameters;
    /// Weights of each layer as tiles of LANES outputs, [tiles, in, LANES], the last tile padded with 0.
    private final float[][] weights;
    /// Biases of each layer [tiles, LANES], padded with 0.
    private final float[][] biases;
    /// What goes into even and odd layers, row-major [BLOCK, padded width].
    private final float[] even;
    private final float[] odd;
    private final float[] staging;

    /// A forward pass with the parameters as they are now.
    ///
    /// @param parameters where the parameters begin; may be longer than they are, and must stay valid. Read by this
    ///                   constructor and by [#refresh] alone
    /// @throws IllegalArgumentException where there are fewer than [MlpSpec#parameterCount] floats
    public MlpForward(MlpSpec spec, MemorySegment parameters) {
        long bytes = (long) spec.parameterCount() * Float.BYTES;
        if (parameters.byteSize() < bytes) {
            throw new IllegalArgumentException("network " + spec + " has " + bytes + " bytes of parameters, not "
                    + parameters.byteSize());
        }
        this.spec = spec;
        this.parameters = parameters.asSlice(0, bytes).asReadOnly();
        weights = new float[spec.layers()][];
        biases = new float[spec.layers()][];
        int widest = 0;
        int largest = 0;
        for (int layer = 0; layer < spec.layers(); layer++) {
            int padded = padded(spec.layerOutputs(layer));
            weights[layer] = new float[padded * spec.layerInputs(layer)];
            biases[layer] = new float[padded];
            widest = Math.max(widest, padded);
            largest = Math.max(largest, spec.layerInputs(layer) * spec.layerOutputs(layer));
        }
        even = new float[BLOCK * widest];
        odd = new float[BLOCK * widest];
        staging = new float[largest];
        refresh();
    }

    /// What the network looks like.
    public MlpSpec spec() {
        return spec;
    }

    /// Takes over the parameters as they are now.
    public void refresh() {
        for (int layer = 0; layer < spec.layers(); layer++) {
            int inputs = spec.layerInputs(layer);
            int outputs = spec.layerOutputs(layer);
            float[] tiles = weights[layer];
            read(spec.weightOffset(layer), staging, inputs * outputs);
            for (int output = 0; output < outputs; output++) {
                int tile = output / LANES * inputs * LANES + output % LANES;
                for (int input = 0; input < inputs; input++) {
                    tiles[tile + input * LANES] = staging[output * inputs + input];
                }
            }
            read(spec.biasOffset(layer), biases[layer], outputs);
        }
    }

    private void read(int offset, float[] target, int length) {
        MemorySegment.copy(parameters, ValueLayout.JAVA_FLOAT_UNALIGNED, (long) offset * Float.BYTES, target, 0,
                length);
    }

    /// Computes the outputs of a batch.
    ///
    /// @param in row-major [rows, inputs], may be longer
    /// @param rows any number
    /// @param out receives the outputs, row-major [rows, outputs], may be longer; must not be `in`
    public void forward(float[] in, int rows, float[] out) {
        for (int row = 0; row < rows; row += BLOCK) {
            block(in, row, Math.min(BLOCK, rows - row), out);
        }
    }

    private void block(float[] in, int firstRow, int rows, float[] out) {
        float[] source = in;
        int start = firstRow * spec.inputs();
        int stride = spec.inputs();
        int last = weights.length - 1;
        for (int layer = 0; layer <= last; layer++) {
            float[] bias = biases[layer];
            float[] target = (layer & 1) == 0 ? odd : even;
            linear(source, start, stride, rows, weights[layer], bias, target);
            if (layer < last) {
                activate(target, rows * bias.length);
            }
            source = target;
            start = 0;
            stride = bias.length;
        }
        int outputs = spec.outputs();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < outputs; i++) {
                out[(firstRow + row) * outputs + i] = source[row * stride + i];
            }
        }
    }

    private void activate(float[] values, int length) {
        switch (spec.activation()) {
            case TANH -> {
                for (int i = 0; i < length; i += LANES) {
                    VectorTanh.of(FloatVector.fromArray(SPECIES, values, i)).intoArray(values, i);
                }
            }
            case RELU -> {
                for (int i = 0; i < length; i += LANES) {
                    FloatVector value = FloatVector.fromArray(SPECIES, values, i);
                    // Not max: where the comparison is false NaN stays.
                    value.blend(0f, value.lt(0f)).intoArray(values, i);
                }
            }
            case IDENTITY -> {
            }
        }
    }

    /// Four rows by two tiles at a time, so that what is loaded is used several times; what is left over, row by row with
    /// four tiles at a time, so that there are enough independent sums to hide the latency of one.
    private static void linear(float[] x, int start, int stride, int rows, float[] weight, float[] bias, float[] y) {
        int width = bias.length;
        int inputs = weight.length / width;
        int fours = rows & ~3;
        int tile = 0;
        for (; tile + 2 * LANES <= width; tile += 2 * LANES) {
            for (int row = 0; row < fours; row += 4) {
                fourRowsTwoTiles(x, start + row * stride, stride, inputs, weight, bias, tile, y, row * width + tile);
            }
        }
        for (; tile < width; tile += LANES) {
            for (int row = 0; row < fours; row += 4) {
                fourRowsOneTile(x, start + row * stride, stride, inputs, weight, bias, tile, y, row * width + tile);
            }
        }
        for (int row = fours; row < rows; row++) {
            tile = 0;
            for (; tile + 4 * LANES <= width; tile += 4 * LANES) {
                oneRowFourTiles(x, start + row * stride, inputs, weight, bias, tile, y, row * width + tile);
            }
            for (; tile < width; tile += LANES) {
                oneRowOneTile(x, start + row * stride, inputs, weight, bias, tile, y, row * width + tile);
            }
        }
    }

    private static void fourRowsTwoTiles(float[] x, int x0, int stride, int inputs, float[] weight, float[] bias,
            int tile, float[] y, int y0) {
        int x1 = x0 + stride;
        int x2 = x1 + stride;
        int x3 = x2 + stride;
        int wa = tile * inputs;
        int wb = wa + LANES * inputs;
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, tile);
        FloatVector b0 = FloatVector.fromArray(SPECIES, bias, tile + LANES);
        FloatVector a1 = a0;
        FloatVector b1 = b0;
        FloatVector a2 = a0;
        FloatVector b2 = b0;
        FloatVector a3 = a0;
        FloatVector b3 = b0;
        for (int i = 0; i < inputs; i++) {
            FloatVector a = FloatVector.fromArray(SPECIES, weight, wa + i * LANES);
            FloatVector b = FloatVector.fromArray(SPECIES, weight, wb + i * LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, x[x0 + i]);
            FloatVector v1 = FloatVector.broadcast(SPECIES, x[x1 + i]);
            FloatVector v2 = FloatVector.broadcast(SPECIES, x[x2 + i]);
            FloatVector v3 = FloatVector.broadcast(SPECIES, x[x3 + i]);
            a0 = a.fma(v0, a0);
            b0 = b.fma(v0, b0);
            a1 = a.fma(v1, a1);
            b1 = b.fma(v1, b1);
            a2 = a.fma(v2, a2);
            b2 = b.fma(v2, b2);
            a3 = a.fma(v3, a3);
            b3 = b.fma(v3, b3);
        }
        int width = bias.length;
        a0.intoArray(y, y0);
        b0.intoArray(y, y0 + LANES);
        a1.intoArray(y, y0 + width);
        b1.intoArray(y, y0 + width + LANES);
        a2.intoArray(y, y0 + 2 * width);
        b2.intoArray(y, y0 + 2 * width + LANES);
        a3.intoArray(y, y0 + 3 * width);
        b3.intoArray(y, y0 + 3 * width + LANES);
    }

    private static void fourRowsOneTile(float[] x, int x0, int stride, int inputs, float[] weight, float[] bias,
            int tile, float[] y, int y0) {
        int x1 = x0 + stride;
        int x2 = x1 + stride;
        int x3 = x2 + stride;
        int w = tile * inputs;
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, tile);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int i = 0; i < inputs; i++) {
            FloatVector a = FloatVector.fromArray(SPECIES, weight, w + i * LANES);
            a0 = a.fma(FloatVector.broadcast(SPECIES, x[x0 + i]), a0);
            a1 = a.fma(FloatVector.broadcast(SPECIES, x[x1 + i]), a1);
            a2 = a.fma(FloatVector.broadcast(SPECIES, x[x2 + i]), a2);
            a3 = a.fma(FloatVector.broadcast(SPECIES, x[x3 + i]), a3);
        }
        int width = bias.length;
        a0.intoArray(y, y0);
        a1.intoArray(y, y0 + width);
        a2.intoArray(y, y0 + 2 * width);
        a3.intoArray(y, y0 + 3 * width);
    }

    private static void oneRowFourTiles(float[] x, int x0, int inputs, float[] weight, float[] bias, int tile,
            float[] y, int y0) {
        int wa = tile * inputs;
        int wb = wa + LANES * inputs;
        int wc = wb + LANES * inputs;
        int wd = wc + LANES * inputs;
        FloatVector a = FloatVector.fromArray(SPECIES, bias, tile);
        FloatVector b = FloatVector.fromArray(SPECIES, bias, tile + LANES);
        FloatVector c = FloatVector.fromArray(SPECIES, bias, tile + 2 * LANES);
        FloatVector d = FloatVector.fromArray(SPECIES, bias, tile + 3 * LANES);
        for (int i = 0; i < inputs; i++) {
            FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + i]);
            a = FloatVector.fromArray(SPECIES, weight, wa + i * LANES).fma(v, a);
            b = FloatVector.fromArray(SPECIES, weight, wb + i * LANES).fma(v, b);
            c = FloatVector.fromArray(SPECIES, weight, wc + i * LANES).fma(v, c);
            d = FloatVector.fromArray(SPECIES, weight, wd + i * LANES).fma(v, d);
        }
        a.intoArray(y, y0);
        b.intoArray(y, y0 + LANES);
        c.intoArray(y, y0 + 2 * LANES);
        d.intoArray(y, y0 + 3 * LANES);
    }

    private static void oneRowOneTile(float[] x, int x0, int inputs, float[] weight, float[] bias, int tile, float[] y,
            int y0) {
        int w = tile * inputs;
        FloatVector a = FloatVector.fromArray(SPECIES, bias, tile);
        for (int i = 0; i < inputs; i++) {
            a = FloatVector.fromArray(SPECIES, weight, w + i * LANES)
                    .fma(FloatVector.broadcast(SPECIES, x[x0 + i]), a);
        }
        a.intoArray(y, y0);
    }

    private static int padded(int width) {
        return (width + LANES - 1) / LANES * LANES;
    }
}
