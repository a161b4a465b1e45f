package dev.limber.physics.cartpole;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.random.SeededRandom;

/// A number that is drawn anew for each episode, evenly between two ends.
///
/// @param low lowest
/// @param high highest; as low where it is always the same
record Spread(double low, double high) {

    /// Reads `1.5` or `0.8..1.2`.
    ///
    /// @param option whose text it is
    /// @param least what both ends must at least be
    /// @param most what both ends may at most be
    static Spread of(String option, String text, double least, double most) {
        int dots = text.indexOf("..");
        try {
            double low = Double.parseDouble(dots < 0 ? text : text.substring(0, dots));
            double high = dots < 0 ? low : Double.parseDouble(text.substring(dots + 2));
            if (least <= low && low <= high && high <= most) {
                return new Spread(low, high);
            }
        } catch (NumberFormatException wrong) {
            // Told below.
        }
        throw new UsageException(
                "option '" + option + "' is '" + text + "', it must be a number or a range LOW..HIGH from "
                        + least + " to " + most);
    }

    /// True where it is always this number.
    boolean always(double value) {
        return low == value && high == value;
    }

    /// Draws one number.
    double draw(SeededRandom random) {
        return low + (high - low) * random.nextDouble();
    }
}
