package dev.limber.experiment.pixels;

import dev.limber.api.render.Pictures;
import dev.limber.experiment.pixels.PixelSpec.PixelKind;

/// One frame of several copies as unsigned bytes, and how it goes onto stacks of frames.
final class PixelFrame {

    private final PixelKind kind;
    private final float scale;
    private final int area;
    private final int channels;
    private final int stack;
    private final byte[] bytes;
    private final float[] depths;
    private final int[] parts;

    PixelFrame(PixelSpec pixels, int copies) {
        kind = pixels.kind();
        scale = (float) (255 / pixels.range());
        area = pixels.width() * pixels.height();
        channels = kind.channels;
        stack = pixels.stack();
        bytes = new byte[copies * area * channels];
        depths = new float[kind == PixelKind.DEPTH ? bytes.length : 0];
        parts = new int[kind == PixelKind.SEGMENTATION ? bytes.length : 0];
    }

    /// Waits for the frame that was submitted last.
    void read(Pictures pictures) {
        switch (kind) {
            case GREY -> pictures.greys(bytes);
            case RGB -> pictures.colors(bytes);
            case DEPTH -> {
                pictures.depths(depths);
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) Math.min(255, Math.round(depths[i] * scale));
                }
            }
            case SEGMENTATION -> {
                pictures.segments(parts);
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) Math.min(255, parts[i]);
                }
            }
        }
    }

    /// Moves a stack by one frame and puts this one on top.
    ///
    /// @param from place in this frame
    /// @param stacks row-major [rows, height, width, stack, channels]
    /// @param to row of `stacks`
    void push(int from, byte[] stacks, int to) {
        int depth = stack * channels;
        int at = to * area * depth;
        int source = from * area * channels;
        if (depth == 4 && channels == 1) {
            pushOntoFour(source, stacks, at);
            return;
        }
        int older = depth - channels;
        for (int pixel = 0; pixel < area; pixel++) {
            for (int k = 0; k < older; k++) {
                stacks[at + k] = stacks[at + k + channels];
            }
            for (int c = 0; c < channels; c++) {
                stacks[at + older + c] = bytes[source + c];
            }
            at += depth;
            source += channels;
        }
    }

    /// The usual stack of four grey frames, without inner loops.
    private void pushOntoFour(int source, byte[] stacks, int at) {
        for (int pixel = 0; pixel < area; pixel++) {
            int four = at + 4 * pixel;
            stacks[four] = stacks[four + 1];
            stacks[four + 1] = stacks[four + 2];
            stacks[four + 2] = stacks[four + 3];
            stacks[four + 3] = bytes[source + pixel];
        }
    }

    /// Fills a stack with this frame.
    void fill(int from, byte[] stacks, int to) {
        for (int age = 0; age < stack; age++) {
            put(from, stacks, to, age);
        }
    }

    /// Puts this frame in the place of the newest of a stack.
    void replaceNewest(int from, byte[] stacks, int to) {
        put(from, stacks, to, stack - 1);
    }

    private void put(int from, byte[] stacks, int to, int place) {
        int depth = stack * channels;
        int at = to * area * depth + place * channels;
        int source = from * area * channels;
        for (int pixel = 0; pixel < area; pixel++) {
            for (int c = 0; c < channels; c++) {
                stacks[at + c] = bytes[source + c];
            }
            at += depth;
            source += channels;
        }
    }
}
