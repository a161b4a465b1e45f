package dev.limber.api.space;

/// Pictures of unsigned bytes, row-major [height, width, channels], from the top left.
///
/// @param height rows of pixels
/// @param width pixels in a row
/// @param channels values of a pixel, of all frames together: of each 1 for grey, 3 for RGB
/// @param frames how many are stacked, the newest last
public record Image(int height, int width, int channels, int frames) {

    /// Checks that no extent is empty and that all frames have as many channels.
    public Image {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "an image needs at least 1 x 1 x 1, not " + height + " x " + width + " x " + channels);
        }
        if (frames < 1 || channels % frames != 0) {
            throw new IllegalArgumentException(channels + " channels are not those of " + frames + " frames");
        }
    }

    /// One frame.
    public Image(int height, int width, int channels) {
        this(height, width, channels, 1);
    }

    /// Bytes per picture.
    public int size() {
        return height * width * channels;
    }

    @Override
    public String toString() {
        return "Image(" + height + " x " + width + " x " + channels + (frames > 1 ? ", " + frames + " frames)" : ")");
    }
}
