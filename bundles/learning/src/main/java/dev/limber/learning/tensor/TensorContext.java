package dev.limber.learning.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/// One learner's access to DJL, on the thread that opened it: the device, the owner of its lasting tensors, and the
/// thread's settings.
///
/// Gradients are recorded on this thread from then on; PyTorch computes on it alone, because networks of this size lose
/// more by handing work to other threads than they gain, and because one thread gives the same bits every time.
public final class TensorContext implements AutoCloseable {

    private final PtNDManager manager;
    private final boolean shared;

    private TensorContext(PtNDManager manager, boolean shared) {
        this.manager = manager;
        this.shared = shared;
    }

    /// Opens the engine for the calling thread.
    ///
    /// @param device from [Devices#choose]
    public static TensorContext open(ai.djl.Device device) {
        return open(device, !device.isGpu());
    }

    /// Opens the engine with tensors that share the host's memory, or are copies of it as on a GPU.
    public static TensorContext open(ai.djl.Device device, boolean shared) {
        var manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(device);
        JniUtils.setNumThreads(1);
        JniUtils.setGradMode(true);
        return new TensorContext(manager, shared);
    }

    /// The owner of the lasting tensors.
    PtNDManager manager() {
        return manager;
    }

    /// True where tensors are views of host memory, false where they are copies of it.
    boolean shared() {
        return shared;
    }

    /// How many tensors it owns: constant between updates unless something leaks.
    public int tensors() {
        return manager.getManagedArrays().size();
    }

    /// A lasting tensor with the contents of host memory: a view of it where memory is shared, else a copy.
    PtNDArray over(MemorySegment memory, long... shape) {
        return over(memory, DataType.FLOAT32, shape);
    }

    /// A lasting tensor of another type with the contents of host memory.
    PtNDArray over(MemorySegment memory, DataType type, long... shape) {
        if (shared) {
            return manager.create(memory.asByteBuffer().order(ByteOrder.nativeOrder()), new Shape(shape), type);
        }
        var copy = (PtNDArray) manager.zeros(new Shape(shape), type);
        upload(memory, copy);
        return copy;
    }

    /// Copies host memory into a tensor.
    static void upload(MemorySegment memory, NDArray tensor) {
        tensor.set(memory.asByteBuffer().order(ByteOrder.nativeOrder()));
    }

    /// Frees its tensors. Further calls do nothing.
    @Override
    public void close() {
        manager.close();
    }
}
