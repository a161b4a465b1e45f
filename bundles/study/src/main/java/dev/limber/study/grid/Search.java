package dev.limber.study.grid;

import java.util.List;

/// A search for the best settings of one algorithm in one environment.
///
/// @param plan in which rounds
/// @param settings what is tried, as drawn
public record Search(SearchPlan plan, List<Variant> settings) {

    /// Copies the list.
    public Search {
        settings = List.copyOf(settings);
    }
}
