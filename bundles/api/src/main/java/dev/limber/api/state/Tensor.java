package dev.limber.api.state;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Numbers of one type in row-major order, on or off the heap.
///
/// @param type the type of each element, in the machine's byte order
/// @param memory exactly the elements
/// @param shape the extents; their product is the number of elements
public record Tensor(Type type, MemorySegment memory, long[] shape) {

    /// Element types, with their size in bytes.
    public enum Type {
        /// IEEE 754 single precision.
        FLOAT32(4),
        /// IEEE 754 double precision.
        FLOAT64(8),
        /// Signed 32-bit integer.
        INT32(4),
        /// Signed 64-bit integer.
        INT64(8),
        /// Unsigned 8-bit integer.
        UINT8(1);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /// Bytes per element.
        public int bytes() {
            return bytes;
        }
    }

    /// Checks that the memory has the size that type and shape need.
    public Tensor {
        shape = shape.clone();
        if (memory.byteSize() != product(shape) * type.bytes()) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " of " + type + " needs "
                    + product(shape) * type.bytes() + " bytes, not " + memory.byteSize());
        }
    }

    /// A tensor over an array, which is not copied; a vector where no shape is given.
    public static Tensor of(float[] values, long... shape) {
        return new Tensor(Type.FLOAT32, MemorySegment.ofArray(values), shapeOr(values.length, shape));
    }

    /// A tensor over an array, which is not copied; a vector where no shape is given.
    public static Tensor of(double[] values, long... shape) {
        return new Tensor(Type.FLOAT64, MemorySegment.ofArray(values), shapeOr(values.length, shape));
    }

    /// A tensor over an array, which is not copied; a vector where no shape is given.
    public static Tensor of(long[] values, long... shape) {
        return new Tensor(Type.INT64, MemorySegment.ofArray(values), shapeOr(values.length, shape));
    }

    /// A tensor over an array, which is not copied; a vector where no shape is given.
    public static Tensor of(int[] values, long... shape) {
        return new Tensor(Type.INT32, MemorySegment.ofArray(values), shapeOr(values.length, shape));
    }

    /// A tensor over an array, which is not copied; a vector where no shape is given.
    public static Tensor of(byte[] values, long... shape) {
        return new Tensor(Type.UINT8, MemorySegment.ofArray(values), shapeOr(values.length, shape));
    }

    /// The extents, a copy.
    @Override
    public long[] shape() {
        return shape.clone();
    }

    /// How many elements there are.
    public long elements() {
        return memory.byteSize() / type.bytes();
    }

    /// Copies all elements to `target`, which must have room.
    public void copyTo(MemorySegment target) {
        MemorySegment.copy(memory, 0, target, 0, memory.byteSize());
    }

    private static long[] shapeOr(long length, long[] shape) {
        return shape.length == 0 ? new long[]{length} : shape;
    }

    private static long product(long[] shape) {
        long product = 1;
        for (long extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has a negative extent");
            }
            product = Math.multiplyExact(product, extent);
        }
        return product;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor && type == tensor.type && Arrays.equals(shape, tensor.shape)
                && memory.byteSize() == tensor.memory.byteSize() && memory.mismatch(tensor.memory) == -1;
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
