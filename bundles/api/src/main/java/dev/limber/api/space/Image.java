package dev.limber.api.space;

/// Pictures of unsigned bytes, row-major [height, width, channels], from the top left.
///
/// @param height rows of pixels
/// @param width pixels in a row
/// @param channels values of a pixel: 1 grey, 3 RGB, or a multiple where frames are stacked (the newest last)
public record Image(int height, int width, int channels) {

    /// Checks that no extent is empty.
    public Image {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "an image needs at least 1 x 1 x 1, not " + height + " x " + width + " x " + channels);
        }
    }

    /// Bytes per picture.
    public int size() {
        return height * width * channels;
    }

    @Override
    public String toString() {
        return "Image(" + height + " x " + width + " x " + channels + ")";
    }
}
