package dev.limber.learning.optimizer;

import dev.limber.api.algorithm.DivergenceException;

/// Stops learning at the first number that is not finite, before it gets into the weights.
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
            throw new DivergenceException(what + " is " + value + " in update " + update
                    + "; try a smaller lr, or normalised observations and rewards");
        }
        return value;
    }

    /// Throws unless everything an environment gave is finite.
    ///
    /// @param what what the numbers are: "observation"
    /// @param values row-major [rows, values.length / rows]
    /// @param rows how many copies they are of
    /// @param environment the name of the environment
    /// @throws DivergenceException naming the copy and the number
    public static void checkGiven(String what, float[] values, int rows, String environment) {
        // 0 times a number is 0 unless the number is not finite; one sum is cheaper than a branch per number.
        float sum = 0;
        for (float value : values) {
            sum += 0 * value;
        }
        if (sum == 0) {
            return;
        }
        int width = values.length / rows;
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new DivergenceException(what + (width > 1 ? " " + i % width : "") + " of copy " + i / width
                        + " is " + values[i] + "; " + environment + " must give finite numbers");
            }
        }
    }
}
