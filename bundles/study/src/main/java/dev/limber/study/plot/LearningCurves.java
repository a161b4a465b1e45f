package dev.limber.study.plot;

import dev.limber.study.statistics.Interval;
import java.util.List;
import java.util.OptionalDouble;

/// What one picture shows: lines over environment steps, each with its band.
///
/// @param title above the plot
/// @param explanation what line and band are
/// @param yTitle name of the quantity, with its unit where it has one
/// @param lines one per variant, in the order of the legend
/// @param threshold a level to mark: from where the task counts as solved
public record LearningCurves(String title, String explanation, String yTitle, List<Line> lines,
        OptionalDouble threshold) {

    /// Copies the list.
    public LearningCurves {
        lines = List.copyOf(lines);
    }

    /// One line and its band.
    ///
    /// @param label in the legend
    /// @param steps environment steps, ascending [point]
    /// @param values estimate and interval at each of them [point]
    public record Line(String label, double[] steps, Interval[] values) {}
}
