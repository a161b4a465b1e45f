package dev.limber.launcher.gui.plot;

import java.util.Optional;

/// What of the x axis is shown, by all plots that share it. EDT.
final class Range {

    private Optional<double[]> chosen = Optional.empty();

    /// The part that the user chose: low and high; empty for all there is.
    Optional<double[]> chosen() {
        return chosen;
    }

    /// Shows this part.
    void choose(double low, double high) {
        if (high > low) {
            chosen = Optional.of(new double[] {low, high});
        }
    }

    /// Shows all there is.
    void reset() {
        chosen = Optional.empty();
    }
}
