package dev.limber.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A lasting tensor of unsigned bytes that Java writes and DJL reads: the pictures of a batch.
public final class HostBytes {

    private final MemorySegment memory;
    private final PtNDArray tensor;
    private final boolean shared;

    /// Zeros of a shape.
    public HostBytes(TensorContext context, long... shape) {
        long elements = 1;
        for (long extent : shape) {
            elements *= extent;
        }
        memory = Arena.ofAuto().allocate(elements);
        tensor = context.over(memory, DataType.UINT8, shape);
        shared = context.shared();
    }

    /// Writes `values` from element `offset` on.
    public void put(long offset, byte[] values) {
        MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_BYTE, offset, values.length);
    }

    /// What was put, not to be written to.
    public MemorySegment memory() {
        return memory.asReadOnly();
    }

    /// The tensor with what was put last. It stays this object's: do not close it.
    public NDArray array() {
        if (!shared) {
            TensorContext.upload(memory, tensor);
        }
        return tensor;
    }
}
