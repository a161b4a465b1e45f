package dev.limber.learning.network;

import dev.limber.api.state.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// All parameters of a learner and their gradient, each as one run of 32-bit floats.
///
/// The parameters lie off the heap, so that DJL's tensors and the plain-Java forward pass are views of the same memory;
/// nothing is copied between acting, learning and saving. The memory lives as long as something refers to it.
public final class Parameters {

    /// Cache lines and vector registers begin here.
    private static final long ALIGNMENT = 64;
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    private final MemorySegment memory;
    private final float[] gradient;

    /// `count` zeros.
    public Parameters(int count) {
        this(Arena.ofAuto().allocate((long) count * Float.BYTES, ALIGNMENT), count);
    }

    private Parameters(MemorySegment memory, int count) {
        this.memory = memory;
        gradient = new float[count];
    }

    /// The same parameters with a gradient of its own, for a thread that differentiates part of a batch.
    public Parameters withOwnGradient() {
        return new Parameters(memory, count());
    }

    /// How many floats there are.
    public int count() {
        return gradient.length;
    }

    /// The parameters, in the machine's byte order.
    public MemorySegment memory() {
        return memory;
    }

    /// Part of the parameters.
    ///
    /// @param offset where it begins, in floats
    /// @param length how many floats it has
    public MemorySegment memory(int offset, int length) {
        return memory.asSlice((long) offset * Float.BYTES, (long) length * Float.BYTES);
    }

    /// The gradient of the last backward pass, aligned with [#memory].
    public float[] gradient() {
        return gradient;
    }

    /// The Euclidean length of the parameters; not finite where one of them is not.
    public double length() {
        var squares = FloatVector.zero(LANES);
        int i = 0;
        for (int end = LANES.loopBound(count()); i < end; i += LANES.length()) {
            var values = FloatVector.fromMemorySegment(LANES, memory, (long) i * Float.BYTES, ByteOrder.nativeOrder());
            squares = values.fma(values, squares);
        }
        double sum = 0;
        for (int lane = 0; lane < LANES.length(); lane++) {
            sum += squares.lane(lane);
        }
        for (; i < count(); i++) {
            double value = memory.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /// A copy of the parameters.
    public Tensor save() {
        var copy = new float[count()];
        MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, 0, copy, 0, copy.length);
        return Tensor.of(copy);
    }

    /// The parameters by reference, which shows what happens to them later.
    public Tensor lend() {
        return new Tensor(Tensor.Type.FLOAT32, memory.asReadOnly(), new long[] {count()});
    }

    /// Takes over saved parameters, of which there must be [#count]; ask
    /// [dev.limber.api.state.State#tensor(String, Tensor.Type, long)] for them.
    public void restore(Tensor saved) {
        if (saved.type() != Tensor.Type.FLOAT32 || saved.elements() != count()) {
            throw new IllegalArgumentException(
                    count() + " " + Tensor.Type.FLOAT32 + " are needed, not " + saved.elements() + " " + saved.type());
        }
        saved.copyTo(memory);
    }
}
