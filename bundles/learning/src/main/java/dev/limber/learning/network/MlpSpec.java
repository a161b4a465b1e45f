package dev.limber.learning.network;

import dev.limber.api.plugin.UsageException;
import java.util.ArrayList;
import java.util.List;

/// The shape of a multilayer perceptron: linear layers with one activation after each but the last.
///
/// Its parameters lie in one run of 32-bit floats: layer by layer, first the weight, row-major [out, in], then the
/// bias [out]. The weight of layer `l` therefore begins at [#weightOffset], its bias at [#biasOffset].
///
/// @param inputs numbers per input row
/// @param hidden widths of the hidden layers; empty for a linear map
/// @param outputs numbers per output row
/// @param activation what follows each hidden layer
public record MlpSpec(int inputs, List<Integer> hidden, int outputs, Activation activation) {

    /// Checks that no layer is empty.
    public MlpSpec {
        hidden = List.copyOf(hidden);
        if (inputs < 1 || outputs < 1 || hidden.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "every layer needs at least 1 unit, not " + inputs + " -> " + hidden + " -> " + outputs);
        }
    }

    /// Reads the widths of hidden layers as users write them: "64,64"; nothing for none.
    ///
    /// @throws UsageException where there is something else than positive whole numbers
    public static List<Integer> widths(String text) {
        var widths = new ArrayList<Integer>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            if (!part.strip().matches("[1-9][0-9]{0,5}")) {
                throw new UsageException("hidden layers are widths such as 64,64, not '" + text + "'");
            }
            widths.add(Integer.valueOf(part.strip()));
        }
        return widths;
    }

    /// How many linear layers there are.
    public int layers() {
        return hidden.size() + 1;
    }

    /// Numbers that go into layer `layer`.
    public int layerInputs(int layer) {
        return layer == 0 ? inputs : hidden.get(layer - 1);
    }

    /// Numbers that come out of layer `layer`.
    public int layerOutputs(int layer) {
        return layer == hidden.size() ? outputs : hidden.get(layer);
    }

    /// Where the weight of layer `layer` begins, in floats.
    public int weightOffset(int layer) {
        int offset = 0;
        for (int l = 0; l < layer; l++) {
            offset += (layerInputs(l) + 1) * layerOutputs(l);
        }
        return offset;
    }

    /// Where the bias of layer `layer` begins, in floats.
    public int biasOffset(int layer) {
        return weightOffset(layer) + layerInputs(layer) * layerOutputs(layer);
    }

    /// How many floats the parameters are.
    public int parameterCount() {
        return weightOffset(layers());
    }

    /// The tensor that the parameter at `index` belongs to, for messages: "layer 2 bias".
    public String tensorAt(int index) {
        int layer = 0;
        while (index >= weightOffset(layer + 1)) {
            layer++;
        }
        return "layer " + (layer + 1) + (index < biasOffset(layer) ? " weight" : " bias");
    }

    /// "4 -> 64 -> 64 -> 2, tanh".
    @Override
    public String toString() {
        var text = new StringBuilder().append(inputs);
        hidden.forEach(width -> text.append(" -> ").append(width));
        return text.append(" -> ").append(outputs).append(", ").append(activation).toString();
    }
}
