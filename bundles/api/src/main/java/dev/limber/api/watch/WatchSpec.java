package dev.limber.api.watch;

import dev.limber.api.plugin.UsageException;
import java.util.Arrays;

/// What to look at.
///
/// @param copies numbers of the copies, at least one; those that there are not are left out
/// @param rate the most samples per second of wall-clock time; in slow motion and single steps every step is one
/// @param capacity samples that wait for being read; what does not fit is left out
public record WatchSpec(int[] copies, double rate, int capacity) {

    /// Checks the numbers and copies the array.
    public WatchSpec {
        copies = copies.clone();
        if (copies.length == 0 || Arrays.stream(copies).anyMatch(copy -> copy < 0) || !(rate > 0) || capacity < 2) {
            throw new UsageException(
                    "a watch needs at least one copy from 0 on, a rate above 0 and room for 2 samples, "
                            + "not copies " + Arrays.toString(copies) + " at " + rate + " Hz with room for "
                            + capacity);
        }
    }

    /// The first copies, 60 times a second.
    public static WatchSpec first(int copies) {
        int[] numbers = new int[copies];
        Arrays.setAll(numbers, i -> i);
        return new WatchSpec(numbers, 60, 256);
    }

    @Override
    public int[] copies() {
        return copies.clone();
    }
}
