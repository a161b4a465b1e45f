package dev.limber.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.limber.learning.network.Parameters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Flat [Parameters] as tensors that can be differentiated.
///
/// On the CPU each tensor is a view of the flat memory, and PyTorch's gradients are read in place. On a GPU the tensors
/// are views of one mirror of it there: [#backward] brings the gradient to the host, and [#refresh] takes the parameters
/// back after the optimiser's step. The optimiser and acting thus always work on the host's memory.
public final class ParameterTensors {

    private final TensorContext context;
    private final Parameters parameters;
    private final PtNDArray flat;
    private final PtNDArray one;
    private final List<Leaf> leaves = new ArrayList<>();

    /// One tensor to differentiate by.
    ///
    /// @param offset where it begins in the parameters, in floats
    /// @param elements how many floats it has
    /// @param gradient PyTorch's own gradient, which every backward pass adds to in place
    /// @param memory the gradient's memory where it can be read in place
    private record Leaf(PtNDArray tensor, int offset, int elements, PtNDArray gradient, MemorySegment memory) {}

    /// Tensors over `parameters`, without a copy where the device is the CPU.
    public ParameterTensors(TensorContext context, Parameters parameters) {
        this.context = context;
        this.parameters = parameters;
        flat = context.over(parameters.memory(), parameters.count());
        one = (PtNDArray) context.manager().ones(new Shape());
    }

    /// A part of the parameters as a tensor to differentiate by.
    ///
    /// @param offset where it begins, in floats
    public NDArray leaf(int offset, long... shape) {
        PtNDArray tensor = slice(offset, shape);
        tensor.setRequiresGradient(true);
        // One pass through the sum makes PyTorch allocate the gradient, which stays where it is from then on.
        PtNDArray gradient;
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            JniUtils.backward(JniUtils.sum(tensor), one, false, false);
            gradient = JniUtils.getGradient(tensor);
            NDScope.unregister(gradient);
        }
        var memory = context.shared() ? MemorySegment.ofBuffer(gradient.toByteBuffer(true)) : MemorySegment.NULL;
        var leaf = new Leaf(tensor, offset, Math.toIntExact(tensor.size()), gradient, memory);
        clear(leaf);
        leaves.add(leaf);
        return tensor;
    }

    /// A part of the parameters as a tensor that gradients do not flow into: for targets and frozen networks. It always
    /// has the newest values.
    ///
    /// @param offset where it begins, in floats
    public NDArray constant(int offset, long... shape) {
        return slice(offset, shape);
    }

    private PtNDArray slice(int offset, long... shape) {
        long elements = new Shape(shape).size();
        try (PtNDArray part = JniUtils.slice(flat, 0, offset, offset + elements, 1)) {
            return JniUtils.reshape(part, shape);
        }
    }

    /// Writes the gradient of a scalar by all leaves to [Parameters#gradient]; 0 where the scalar does not depend on them.
    public void backward(NDArray loss) {
        JniUtils.backward((PtNDArray) loss, one, false, false);
        for (Leaf leaf : leaves) {
            MemorySegment source = context.shared()
                    ? leaf.memory
                    : MemorySegment.ofBuffer(leaf.gradient.toByteBuffer(false).order(ByteOrder.nativeOrder()));
            MemorySegment.copy(source, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, parameters.gradient(), leaf.offset,
                    leaf.elements);
            clear(leaf);
        }
    }

    private void clear(Leaf leaf) {
        if (context.shared()) {
            leaf.memory.fill((byte) 0);
        } else {
            JniUtils.zeroGrad(leaf.tensor);
        }
    }

    /// Shows the tensors what was written to the parameters: call it after a step, and after restoring.
    public void refresh() {
        if (!context.shared()) {
            TensorContext.upload(parameters.memory(), flat);
        }
    }
}
