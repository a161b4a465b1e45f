package dev.limber.learning.optimizer;

import dev.limber.api.algorithm.DivergenceException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntFunction;

/// Stops learning at the first number that is not finite, before it gets any further.
public final class Divergence {

    private Divergence() {}

    /// Throws unless a quantity of an update is finite.
    ///
    /// @param what the quantity: "policy loss"
    /// @param update the number of the update
    /// @return `value`
    /// @throws DivergenceException naming the quantity and the update
    public static double check(String what, double value, long update) {
        if (!Double.isFinite(value)) {
            throw diverged(what, value, update);
        }
        return value;
    }

    /// Throws unless all parameters, or all of a gradient, are finite.
    ///
    /// @param what "gradient" or "value"
    /// @param length their Euclidean length, which is not finite where one of them is not
    /// @param values the 32-bit floats themselves
    /// @param tensor the name of the tensor that a number belongs to: "critic, layer 1 weight"
    /// @param update the number of the update
    /// @return `length`
    /// @throws DivergenceException naming the first tensor with a number that is not finite
    public static double check(String what, double length, MemorySegment values, IntFunction<String> tensor,
            long update) {
        if (Double.isFinite(length)) {
            return length;
        }
        int largest = 0;
        for (int i = 0; i < values.byteSize() / Float.BYTES; i++) {
            float value = values.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            if (!Float.isFinite(value)) {
                throw diverged(what + " of " + tensor.apply(i), value, update);
            }
            if (Math.abs(value) > Math.abs(values.getAtIndex(ValueLayout.JAVA_FLOAT, largest))) {
                largest = i;
            }
        }
        // Each is finite, but not the sum of their squares.
        throw diverged(what + " of " + tensor.apply(largest), values.getAtIndex(ValueLayout.JAVA_FLOAT, largest),
                update);
    }

    private static DivergenceException diverged(String what, double value, long update) {
        return new DivergenceException(what + " is " + value + " in update " + update
                + "; try a smaller lr, or normalised observations and rewards");
    }

    /// Throws unless all actions are finite.
    ///
    /// @param actions row-major [rows, actions.length / rows]
    /// @param rows how many copies they are for
    /// @param update the number of the update after which they were chosen
    /// @throws DivergenceException naming the copy and the component
    public static void checkActions(float[] actions, int rows, long update) {
        if (!finite(actions)) {
            int i = firstNotFinite(actions);
            int width = actions.length / rows;
            throw new DivergenceException("action " + i % width + " of copy " + i / width + " is " + actions[i]
                    + " after update " + update + "; try a smaller lr");
        }
    }

    /// Throws unless everything an environment gave is finite.
    ///
    /// @param what what the numbers are: "observation"
    /// @param values row-major [rows, values.length / rows]
    /// @param rows how many copies they are of
    /// @param environment the name of the environment
    /// @throws DivergenceException naming the copy and the number
    public static void checkGiven(String what, float[] values, int rows, String environment) {
        if (!finite(values)) {
            int i = firstNotFinite(values);
            int width = values.length / rows;
            throw new DivergenceException(what + (width > 1 ? " " + i % width : "") + " of copy " + i / width
                    + " is " + values[i] + "; " + environment + " must give finite numbers");
        }
    }

    /// 0 times a number is 0 unless the number is not finite; one sum is cheaper than a branch per number.
    private static boolean finite(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += 0 * value;
        }
        return sum == 0;
    }

    private static int firstNotFinite(float[] values) {
        int i = 0;
        while (Float.isFinite(values[i])) {
            i++;
        }
        return i;
    }
}
