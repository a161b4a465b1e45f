package dev.limber.study.grid;

import dev.limber.api.algorithm.Device;
import java.util.List;

/// A study as it is to be run: a grid, or searches.
///
/// @param variants the grid; empty where there are searches
/// @param searches one for each environment and algorithm; empty where there is a grid
/// @param seeds each variant runs with each
/// @param device where to compute
/// @param episodes greedy episodes each run is scored by
public record StudyPlan(List<Variant> variants, List<Search> searches, List<Long> seeds, Device device,
        int episodes) {

    /// Copies the lists.
    public StudyPlan {
        variants = List.copyOf(variants);
        searches = List.copyOf(searches);
        seeds = List.copyOf(seeds);
    }

    /// Environment steps of everything.
    public long steps() {
        return seeds.size() * (variants.stream().mapToLong(Variant::steps).sum()
                + searches.stream().mapToLong(search -> search.plan().cost()).sum());
    }

    /// How many pieces of work there are: trainings, each followed by an evaluation.
    public int pieces() {
        return seeds.size() * (variants.size() + searches.stream()
                .mapToInt(search -> search.plan().rounds().stream().mapToInt(SearchPlan.Round::settings).sum()).sum());
    }
}
