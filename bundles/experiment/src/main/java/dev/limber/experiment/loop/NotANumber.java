package dev.limber.experiment.loop;

import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Looks for numbers that are none, or without end, in what an algorithm has learned.
final class NotANumber {

    /// Larger ones are memories of what was experienced, which is checked where it comes from.
    private static final long MOST_ELEMENTS = 1 << 22;
    private static final int BLOCK = 4096;

    private NotANumber() {}

    /// Throws where a tensor or a number has NaN now and had none before, or is infinite now and was finite before.
    ///
    /// @throws ArithmeticException naming it
    static void require(State now, State before) {
        require("", now, before);
    }

    private static void require(String path, State now, State before) {
        now.entries().forEach((key, entry) -> {
            String name = path + key;
            Object earlier = before.entries().get(key);
            if (entry instanceof State nested) {
                require(name + "/", nested, earlier instanceof State state ? state : new State("", 0));
            } else if (!(entry instanceof Tensor tensor && same(tensor, earlier))) {
                require(name, largest(entry), earlier);
            }
        });
    }

    private static void require(String name, double now, Object earlier) {
        if (Double.isFinite(now)) {
            return;
        }
        double before = largest(earlier);
        // What is new may be infinite from the start: the best of none, for example.
        if (Double.isNaN(now) ? !Double.isNaN(before) : earlier != null && Double.isFinite(before)) {
            throw new ArithmeticException(
                    "'" + name + "' of the algorithm's state is " + (Double.isNaN(now) ? "NaN" : "infinite"));
        }
    }

    /// The largest magnitude in an entry: NaN where there is one, 0 where it has no such numbers.
    private static double largest(Object entry) {
        return switch (entry) {
            case Tensor tensor when tensor.elements() <= MOST_ELEMENTS -> largest(tensor);
            case Double number -> Math.abs(number);
            case null, default -> 0;
        };
    }

    /// True where both are the same memory, which a state that shares it leaves as it is.
    private static boolean same(Tensor tensor, Object earlier) {
        return earlier instanceof Tensor other && tensor.memory().isNative() && other.memory().isNative()
                && tensor.memory().address() == other.memory().address();
    }

    private static double largest(Tensor tensor) {
        return switch (tensor.type()) {
            case FLOAT32 -> largestFloat(tensor.memory());
            case FLOAT64 -> {
                double largest = 0;
                for (long at = 0; at < tensor.memory().byteSize(); at += Double.BYTES) {
                    largest = Math.max(largest,
                            Math.abs(tensor.memory().get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at))); // NaN where one is
                }
                yield largest;
            }
            default -> 0;
        };
    }

    /// Block by block, since training stands still: the loop over whole numbers is one that the JVM makes vectors of.
    /// Without their sign, the bits of numbers are in their order, and those of NaN behind those of infinity.
    private static float largestFloat(MemorySegment memory) {
        var block = new int[BLOCK];
        long count = memory.byteSize() / Float.BYTES;
        int largest = 0;
        for (long from = 0; from < count; from += BLOCK) {
            int length = (int) Math.min(BLOCK, count - from);
            MemorySegment.copy(memory, ValueLayout.JAVA_INT_UNALIGNED, from * Float.BYTES, block, 0, length);
            for (int i = 0; i < length; i++) {
                largest = Math.max(largest, block[i] & Integer.MAX_VALUE);
            }
        }
        return Float.intBitsToFloat(largest);
    }
}
