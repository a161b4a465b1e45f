package dev.limber.study.run;

import dev.limber.study.grid.Variant;
import java.nio.file.Path;

/// One variant with one seed.
///
/// @param variant what runs
/// @param seed with which seed
/// @param folder the run's directory
record Trial(Variant variant, long seed, Path folder) {

    String label() {
        return variant.label() + " seed " + seed;
    }
}
