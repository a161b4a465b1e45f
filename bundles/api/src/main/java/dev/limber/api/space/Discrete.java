package dev.limber.api.space;

import java.util.List;

/// One of `n` choices, written as a `float` 0, 1, ..., n - 1.
///
/// @param names what each choice means [n]: "push left"
public record Discrete(List<String> names) implements Space {

    /// Checks that there is a choice.
    public Discrete {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a discrete space needs at least one choice");
        }
        names = List.copyOf(names);
    }

    /// Choices with the given meanings.
    public static Discrete of(String... names) {
        return new Discrete(List.of(names));
    }

    /// How many choices there are.
    public int n() {
        return names.size();
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void check(float[] values, int rows, String what) {
        checkLength(values, rows, what);
        int n = n();
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            if (!(value >= 0 && value < n && value == (int) value)) {
                throw new IllegalArgumentException(
                        what + " of copy " + i + " is " + value + ", it must be one of 0 to " + (n - 1));
            }
        }
    }

    @Override
    public String toString() {
        return "Discrete(" + n() + ")";
    }
}
