package dev.limber.study.grid;

import dev.limber.api.algorithm.Device;
import java.util.List;
import java.util.Optional;

/// A study as it is to be run.
///
/// @param variants in a grid, all of them; in a search, all settings of each environment and algorithm, which follow
///        each other
/// @param seeds each variant runs with each
/// @param device where to compute
/// @param episodes greedy episodes each run is scored by
/// @param search where it is one; each environment and algorithm is searched by itself
public record StudyPlan(List<Variant> variants, List<Long> seeds, Device device, int episodes,
        Optional<SearchPlan> search) {

    /// Copies the lists.
    public StudyPlan {
        variants = List.copyOf(variants);
        seeds = List.copyOf(seeds);
    }
}
