package dev.limber.learning.network;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.space.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The shape of convolutions over a picture: square kernels without padding, max(0, x) after each. Before the first one the
/// picture's bytes become `(byte - mean) * scale`, which makes small things that move stand out of what always looks the
/// same. What comes out of the last one are the features, row-major [height, width, filters].
///
/// Its parameters lie in one run of 32-bit floats: the mean picture [height, width, channels] and the scale, which do not
/// learn; then, layer by layer, the weight, row-major [filters, kernel, kernel, channels], and the bias [filters]. Applied
/// to one patch of the picture, a layer is thus the linear [#layer].
///
/// @param image what goes in
/// @param layers at least one
public record ConvolutionSpec(Image image, List<Layer> layers) {

    private static final Pattern LAYER = Pattern.compile("([1-9][0-9]{0,3}):([1-9][0-9]{0,2})/([1-9][0-9]{0,2})");

    /// A convolution.
    ///
    /// @param filters channels that come out
    /// @param kernel pixels of a patch in a row, and in a column
    /// @param stride pixels from patch to patch
    public record Layer(int filters, int kernel, int stride) {

        @Override
        public String toString() {
            return filters + ":" + kernel + "/" + stride;
        }
    }

    /// Checks that something comes out.
    ///
    /// @throws UsageException where the picture is too small
    public ConvolutionSpec {
        layers = List.copyOf(layers);
        int rows = image.height();
        int columns = image.width();
        for (Layer layer : layers) {
            if (rows < layer.kernel || columns < layer.kernel) {
                throw new UsageException("convolution " + layer + " needs pictures of at least " + layer.kernel + "x"
                        + layer.kernel + " pixels, " + image + " leaves it " + columns + "x" + rows);
            }
            rows = (rows - layer.kernel) / layer.stride + 1;
            columns = (columns - layer.kernel) / layer.stride + 1;
        }
    }

    /// Reads layers as users write them, filters:kernel/stride: "16:8/4,32:4/2".
    ///
    /// @throws UsageException where there is something else
    public static List<Layer> layers(String text) {
        var layers = new ArrayList<Layer>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = LAYER.matcher(part.strip());
            if (!matcher.matches()) {
                throw new UsageException(
                        "convolutions are filters:kernel/stride such as 16:8/4,32:4/2, not '" + text + "'");
            }
            layers.add(new Layer(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3))));
        }
        return layers;
    }

    /// Rows of pixels that go into layer `layer`, or come out of the last where it is their number.
    public int rows(int layer) {
        return extent(image.height(), layer);
    }

    /// Pixels in a row that go into layer `layer`, or come out of the last where it is their number.
    public int columns(int layer) {
        return extent(image.width(), layer);
    }

    private int extent(int pixels, int layer) {
        int extent = pixels;
        for (int l = 0; l < layer; l++) {
            extent = (extent - layers.get(l).kernel) / layers.get(l).stride + 1;
        }
        return extent;
    }

    /// Values of a pixel that goes into layer `layer`.
    public int channels(int layer) {
        return layer == 0 ? image.channels() : layers.get(layer - 1).filters;
    }

    /// Layer `layer` as a linear map of one patch, row-major [kernel, kernel, channels].
    public MlpSpec layer(int layer) {
        Layer each = layers.get(layer);
        return new MlpSpec(each.kernel * each.kernel * channels(layer), List.of(), each.filters, Activation.RELU);
    }

    /// Where the scale of the picture lies, in floats, just after the mean picture.
    public int scaleOffset() {
        return image.size();
    }

    /// Where the parameters of layer `layer` begin, in floats.
    public int offset(int layer) {
        int offset = scaleOffset() + 1;
        for (int l = 0; l < layer; l++) {
            offset += layer(l).parameterCount();
        }
        return offset;
    }

    /// How many floats the parameters are.
    public int parameterCount() {
        return offset(layers.size());
    }

    /// How many features come out.
    public int features() {
        return rows(layers.size()) * columns(layers.size()) * channels(layers.size());
    }

    /// "64 x 64 x 4 -> 16:8/4 -> 32:4/2 -> 1152".
    @Override
    public String toString() {
        var text = new StringBuilder().append(image.height()).append(" x ").append(image.width()).append(" x ")
                .append(image.channels());
        layers.forEach(layer -> text.append(" -> ").append(layer));
        return text.append(" -> ").append(features()).toString();
    }
}
