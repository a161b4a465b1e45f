package dev.limber.api.algorithm;

import dev.limber.api.plugin.Options;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Settings an author found to work for one environment.
///
/// @param steps environment steps until it is solved with room to spare
/// @param copies environment copies to learn from at once
/// @param normalizer name of the observation normaliser, "none" for none
/// @param options options of the algorithm
public record Tuning(OptionalLong steps, OptionalInt copies, String normalizer, Options options) {

    /// Nothing known.
    public static final Tuning NONE = new Tuning(OptionalLong.empty(), OptionalInt.empty(), "none", Options.defaults());

    /// All of it known.
    public static Tuning of(long steps, int copies, String normalizer, Options options) {
        return new Tuning(OptionalLong.of(steps), OptionalInt.of(copies), normalizer, options);
    }
}
