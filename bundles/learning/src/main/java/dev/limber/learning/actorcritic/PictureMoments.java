package dev.limber.learning.actorcritic;

import dev.limber.learning.network.ConvolutionSpec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What pictures look like on the whole: their mean, pixel by pixel, and how far they are from it. Once subtracted, what
/// always looks the same is gone, be it as bright as it may, and the few pixels that move are what the networks see.
final class PictureMoments {

    private static final float MIDDLE = 127.5f;
    private static final float GUESSED_SCALE = 1 / 64f;

    private PictureMoments() {}

    /// Fills in what may hold of any picture.
    ///
    /// @param target the mean picture and the scale
    static void guess(ConvolutionSpec spec, MemorySegment target) {
        for (int i = 0; i < spec.scaleOffset(); i++) {
            target.setAtIndex(ValueLayout.JAVA_FLOAT, i, MIDDLE);
        }
        target.setAtIndex(ValueLayout.JAVA_FLOAT, spec.scaleOffset(), GUESSED_SCALE);
    }

    /// Fills in what holds of some pictures.
    ///
    /// @param pixels unsigned bytes, row-major [n, height, width, channels]
    /// @param target the mean picture and the scale, the inverse of the mean deviation of a pixel
    static void measure(ConvolutionSpec spec, MemorySegment pixels, MemorySegment target) {
        int size = spec.image().size();
        long n = pixels.byteSize() / size;
        double variance = 0;
        for (int i = 0; i < size; i++) {
            long sum = 0;
            long squares = 0;
            for (long row = 0; row < n; row++) {
                long value = pixels.get(ValueLayout.JAVA_BYTE, row * size + i) & 0xFF;
                sum += value;
                squares += value * value;
            }
            double mean = (double) sum / n;
            target.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) mean);
            variance += (double) squares / n - mean * mean;
        }
        double deviation = Math.sqrt(Math.max(0, variance / size));
        target.setAtIndex(ValueLayout.JAVA_FLOAT, spec.scaleOffset(), (float) (1 / Math.max(1, deviation)));
    }
}
