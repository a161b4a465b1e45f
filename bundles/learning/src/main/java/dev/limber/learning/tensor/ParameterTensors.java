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
    private final List<Gradient> gradients = new ArrayList<>();

    /// One tensor to differentiate by.
    ///
    /// @param offset where it begins in the parameters, in floats
    private record Leaf(PtNDArray tensor, int offset) {}

    /// PyTorch's own gradient by a leaf, which every backward pass adds to in place.
    ///
    /// @param elements how many floats it has
    /// @param memory its memory where that can be read in place
    private record Gradient(Leaf leaf, int elements, PtNDArray tensor, MemorySegment memory) {}

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
        PtNDArray tensor = part(offset, shape);
        tensor.setRequiresGradient(true);
        leaves.add(new Leaf(tensor, offset));
        return tensor;
    }

    /// A part of the parameters as a tensor that gradients do not flow into: for targets and frozen networks. It always
    /// has the newest values.
    ///
    /// @param offset where it begins, in floats
    public NDArray constant(int offset, long... shape) {
        return part(offset, shape);
    }

    private PtNDArray part(int offset, long... shape) {
        int elements = Math.toIntExact(new Shape(shape).size());
        if (context.shared()) {
            return context.over(parameters.memory(offset, elements), shape);
        }
        try (PtNDArray part = JniUtils.slice(flat, 0, offset, offset + elements, 1)) {
            return JniUtils.reshape(part, shape);
        }
    }

    /// Writes the gradient of a scalar by all leaves to [Parameters#gradient]; 0 where the scalar does not depend on them.
    public void backward(NDArray loss) {
        if (gradients.size() < leaves.size()) {
            allocateGradients();
        }
        JniUtils.backward((PtNDArray) loss, one, false, false);
        for (Gradient gradient : gradients) {
            MemorySegment source = context.shared()
                    ? gradient.memory
                    : MemorySegment.ofBuffer(gradient.tensor.toByteBuffer(false).order(ByteOrder.nativeOrder()));
            MemorySegment.copy(source, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, parameters.gradient(),
                    gradient.leaf.offset, gradient.elements);
            clear(gradient);
        }
    }

    /// One pass through the sum of everything makes PyTorch allocate the gradients, which stay where they are from then on.
    private void allocateGradients() {
        gradients.clear();
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            PtNDArray sum = one;
            for (Leaf leaf : leaves) {
                sum = JniUtils.add(sum, JniUtils.sum(leaf.tensor));
            }
            JniUtils.backward(sum, one, false, false);
            for (Leaf leaf : leaves) {
                PtNDArray tensor = JniUtils.getGradient(leaf.tensor);
                NDScope.unregister(tensor);
                var memory = context.shared() ? MemorySegment.ofBuffer(tensor.toByteBuffer(true)) : MemorySegment.NULL;
                var gradient = new Gradient(leaf, Math.toIntExact(leaf.tensor.size()), tensor, memory);
                clear(gradient);
                gradients.add(gradient);
            }
        }
    }

    private void clear(Gradient gradient) {
        if (context.shared()) {
            gradient.memory.fill((byte) 0);
        } else {
            JniUtils.zeroGrad(gradient.leaf.tensor);
        }
    }

    /// Shows the tensors what was written to the parameters: call it after a step, and after restoring.
    public void refresh() {
        if (!context.shared()) {
            TensorContext.upload(parameters.memory(), flat);
        }
    }
}
