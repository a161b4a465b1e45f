package dev.limber.experiment.loop;

import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// Looks for NaN in what an algorithm has learned.
final class NotANumber {

    /// Larger ones are memories of what was experienced, which is checked where it comes from.
    private static final long MOST_ELEMENTS = 1 << 22;
    private static final int BLOCK = 4096;
    /// The bits of infinity; without their sign, those of NaN are larger.
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private NotANumber() {}

    /// Throws where a tensor or a number has NaN now and had none before.
    ///
    /// @throws ArithmeticException naming it
    static void require(State now, State before) {
        find(now, before).ifPresent(name -> {
            throw new ArithmeticException("'" + name + "' of the algorithm's state is NaN");
        });
    }

    private static Optional<String> find(State now, State before) {
        for (var entry : now.entries().entrySet()) {
            String name = entry.getKey();
            Object earlier = before.entries().get(name);
            switch (entry.getValue()) {
                case State nested -> {
                    Optional<String> found = find(nested, earlier instanceof State state ? state : new State("", 0));
                    if (found.isPresent()) {
                        return Optional.of(name + "/" + found.get());
                    }
                }
                case Tensor tensor when tensor.elements() <= MOST_ELEMENTS && !same(tensor, earlier) && has(tensor)
                        && !(earlier instanceof Tensor other && has(other)) -> {
                    return Optional.of(name);
                }
                case Double number when number.isNaN() && !(earlier instanceof Double other && other.isNaN()) -> {
                    return Optional.of(name);
                }
                default -> {
                    // whole numbers, texts and truth values
                }
            }
        }
        return Optional.empty();
    }

    /// True where both are the same memory, which a state that shares it leaves as it is.
    private static boolean same(Tensor tensor, Object earlier) {
        return earlier instanceof Tensor other && tensor.memory().isNative() && other.memory().isNative()
                && tensor.memory().address() == other.memory().address();
    }

    /// Block by block, since training stands still: the loop over whole numbers is one that the JVM makes vectors of.
    private static boolean hasFloat(MemorySegment memory) {
        var block = new int[BLOCK];
        long count = memory.byteSize() / Float.BYTES;
        for (long from = 0; from < count; from += BLOCK) {
            int length = (int) Math.min(BLOCK, count - from);
            MemorySegment.copy(memory, ValueLayout.JAVA_INT_UNALIGNED, from * Float.BYTES, block, 0, length);
            int largest = 0;
            for (int i = 0; i < length; i++) {
                largest = Math.max(largest, block[i] & Integer.MAX_VALUE);
            }
            if (largest > INFINITY) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Tensor tensor) {
        MemorySegment memory = tensor.memory();
        switch (tensor.type()) {
            case FLOAT32 -> {
                return hasFloat(memory);
            }
            case FLOAT64 -> {
                for (long at = 0; at < memory.byteSize(); at += Double.BYTES) {
                    if (Double.isNaN(memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at))) {
                        return true;
                    }
                }
            }
            default -> {
                // no such numbers
            }
        }
        return false;
    }
}
