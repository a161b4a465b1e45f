package dev.limber.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A lasting tensor that Java writes and DJL reads: observations, actions, advantages of a batch.
public final class HostTensor {

    private final MemorySegment memory;
    private final PtNDArray tensor;
    private final boolean shared;

    /// Zeros of a shape.
    public HostTensor(TensorContext context, long... shape) {
        long elements = 1;
        for (long extent : shape) {
            elements *= extent;
        }
        memory = Arena.ofAuto().allocate(elements * Float.BYTES, Float.BYTES * 16);
        tensor = context.over(memory, shape);
        shared = context.shared();
    }

    /// A tensor over memory that someone else writes, such as a replay batch's.
    ///
    /// @param memory off the heap, exactly the elements
    public HostTensor(TensorContext context, MemorySegment memory, long... shape) {
        this.memory = memory;
        tensor = context.over(memory, shape);
        shared = context.shared();
    }

    /// Writes `values` from element `offset` on.
    public void put(int offset, float[] values) {
        MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_FLOAT, (long) offset * Float.BYTES, values.length);
    }

    /// The tensor with what was put last. It stays this object's: do not close it.
    public NDArray array() {
        if (!shared) {
            TensorContext.upload(memory, tensor);
        }
        return tensor;
    }
}
