package dev.limber.learning.replay;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A sample of transitions in direct buffers of the machine's byte order, filled anew by every sampling.
///
/// The buffers are the batch's, always the same, row-major and at position 0: wrap them once (DJL's
/// `manager.create(buffer, shape, type)` or `JniUtils` take them without a copy) and read them after each sampling. With
/// `B` rows and the gamma and n of the memory, the target of a value-based learner is
/// `rewards + discounts * Q(nextObservations)`.
public final class Batch {

    private final int size;
    private final ReplaySpec spec;
    private final MemorySegment[] segments;
    private final ByteBuffer[] buffers;
    private final int[] indices;

    private static final int OBSERVATIONS = 0;
    private static final int PIXELS = 1;
    private static final int ACTIONS = 2;
    private static final int REWARDS = 3;
    private static final int NEXT_OBSERVATIONS = 4;
    private static final int NEXT_PIXELS = 5;
    private static final int TERMINATED = 6;
    private static final int DISCOUNTS = 7;
    private static final int WEIGHTS = 8;

    /// Room for `size` transitions of memories with such a spec.
    public Batch(ReplaySpec spec, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a batch has at least 1 transition, not " + size);
        }
        this.size = size;
        this.spec = spec;
        long observation = 4L * spec.observation().size();
        long[] widths = {observation, spec.pictureBytes(), 4L * spec.action().size(), 4, observation,
            spec.pictureBytes(), 4, 4, 4};
        segments = new MemorySegment[widths.length];
        buffers = new ByteBuffer[widths.length];
        for (int i = 0; i < widths.length; i++) {
            segments[i] = Arena.ofAuto().allocate(widths[i] * size, 64);
            buffers[i] = segments[i].asByteBuffer().order(ByteOrder.nativeOrder());
        }
        indices = new int[size];
    }

    /// How many transitions it holds, B.
    public int size() {
        return size;
    }

    /// What its transitions look like.
    public ReplaySpec spec() {
        return spec;
    }

    /// `o_t` as `float` [B, observation].
    public ByteBuffer observations() {
        return buffers[OBSERVATIONS];
    }

    /// The picture of `o_t` as unsigned bytes, channels first as convolutions take them [B, channels, height, width]; empty
    /// where there is none.
    public ByteBuffer pixels() {
        return buffers[PIXELS];
    }

    /// `a_t` as `float` [B, action].
    public ByteBuffer actions() {
        return buffers[ACTIONS];
    }

    /// `r_t + gamma r_{t+1} + ... + gamma^(k-1) r_{t+k-1}` as `float` [B].
    public ByteBuffer rewards() {
        return buffers[REWARDS];
    }

    /// `o_{t+k}` of the same episode as `float` [B, observation].
    public ByteBuffer nextObservations() {
        return buffers[NEXT_OBSERVATIONS];
    }

    /// The picture of `o_{t+k}` as unsigned bytes [B, channels, height, width]; empty where there is none.
    public ByteBuffer nextPixels() {
        return buffers[NEXT_PIXELS];
    }

    /// 1 where `o_{t+k}` ended the episode for good, else 0, as `float` [B].
    public ByteBuffer terminated() {
        return buffers[TERMINATED];
    }

    /// What the value of `o_{t+k}` counts, as `float` [B]: `gamma^k`, 0 where terminated.
    public ByteBuffer discounts() {
        return buffers[DISCOUNTS];
    }

    /// What the loss of each transition counts, as `float` [B]: 1 where sampling was uniform.
    public ByteBuffer weights() {
        return buffers[WEIGHTS];
    }

    /// The row of each transition in the memory [B].
    public int[] indices() {
        return indices;
    }

    MemorySegment observationMemory() {
        return segments[OBSERVATIONS];
    }

    MemorySegment pixelMemory() {
        return segments[PIXELS];
    }

    MemorySegment actionMemory() {
        return segments[ACTIONS];
    }

    MemorySegment nextObservationMemory() {
        return segments[NEXT_OBSERVATIONS];
    }

    MemorySegment nextPixelMemory() {
        return segments[NEXT_PIXELS];
    }

    void set(int position, int row, float reward, boolean ended, float discount) {
        indices[position] = row;
        buffers[REWARDS].putFloat(4 * position, reward);
        buffers[TERMINATED].putFloat(4 * position, ended ? 1 : 0);
        buffers[DISCOUNTS].putFloat(4 * position, discount);
    }

    void setWeight(int position, float weight) {
        buffers[WEIGHTS].putFloat(4 * position, weight);
    }
}
