package dev.limber.api.space;

import java.util.Arrays;
import java.util.List;

/// Vectors of real numbers within bounds, each number with a name and a unit.
///
/// @param low lower bounds [size]; `-Infinity` where there is none
/// @param high upper bounds [size]; `+Infinity` where there is none
/// @param names names with units [size]: "cart position [m]"
public record Box(float[] low, float[] high, List<String> names) implements Space {

    /// Checks that the lengths agree and that no lower bound is above its upper bound.
    public Box {
        if (low.length != high.length || low.length != names.size()) {
            throw new IllegalArgumentException("low, high and names must have one length, not " + low.length + ", "
                    + high.length + " and " + names.size());
        }
        for (int i = 0; i < low.length; i++) {
            if (!(low[i] <= high[i])) {
                throw new IllegalArgumentException("bounds of '" + names.get(i) + "' are empty: " + low[i] + " to "
                        + high[i]);
            }
        }
        low = low.clone();
        high = high.clone();
        names = List.copyOf(names);
    }

    /// Vectors without bounds.
    public static Box unbounded(String... names) {
        float[] high = new float[names.length];
        Arrays.fill(high, Float.POSITIVE_INFINITY);
        return symmetric(high, names);
    }

    /// Vectors within `-bound` and `bound`.
    public static Box symmetric(float[] bound, String... names) {
        float[] low = new float[bound.length];
        for (int i = 0; i < bound.length; i++) {
            low[i] = -bound[i];
        }
        return new Box(low, bound, List.of(names));
    }

    @Override
    public int size() {
        return low.length;
    }

    /// The lower bounds, a copy.
    @Override
    public float[] low() {
        return low.clone();
    }

    /// The upper bounds, a copy.
    @Override
    public float[] high() {
        return high.clone();
    }

    /// True where every bound is finite.
    public boolean bounded() {
        for (int i = 0; i < low.length; i++) {
            if (Float.isInfinite(low[i]) || Float.isInfinite(high[i])) {
                return false;
            }
        }
        return true;
    }

    /// Throws for NaN only: environments clip actions to their bounds, as Gymnasium's do.
    @Override
    public void check(float[] values, int rows, String what) {
        checkLength(values, rows, what);
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                throw new IllegalArgumentException(
                        what + " of copy " + i / low.length + " is NaN in '" + names.get(i % low.length) + "'");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Box box && Arrays.equals(low, box.low) && Arrays.equals(high, box.high)
                && names.equals(box.names);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(low) + Arrays.hashCode(high)) + names.hashCode();
    }

    @Override
    public String toString() {
        return "Box(" + size() + ")";
    }
}
